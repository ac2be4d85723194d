"""Sources on a region's public page."""

import pytest

from programs.models import Source


@pytest.mark.django_db
def test_a_source_without_an_address_is_named_and_not_linked(client, participation):
    source = Source.objects.create(
        publisher="Koran", slug="s0-uji", title="Berita uji", also_at="koran.example/berita/..."
    )
    participation.sources.add(source)

    text = client.get(participation.regency.get_absolute_url()).content.decode()

    assert "Berita uji" in text
    assert "koran.example/berita/..." in text
    assert 'href=""' not in text
