"""Provinces and regencies: reference data, the same for everybody."""

from rest_framework import serializers, viewsets

from regencies.filters import ProvinceFilter, RegencyFilter
from regencies.models import Province, Regency


class ProvinceSerializer(serializers.ModelSerializer):
    url = serializers.HyperlinkedIdentityField(
        view_name="api-v1:province-detail", lookup_field="code"
    )

    class Meta:
        model = Province
        fields = ["url", "code", "name", "iso_code", "zone"]


class RegencySerializer(serializers.ModelSerializer):
    url = serializers.HyperlinkedIdentityField(
        view_name="api-v1:regency-detail", lookup_field="code"
    )
    province = serializers.CharField(source="province.code")
    latitude = serializers.FloatField(allow_null=True)
    longitude = serializers.FloatField(allow_null=True)
    aliases = serializers.SlugRelatedField("name", many=True, read_only=True)
    former_codes = serializers.SlugRelatedField("code", many=True, read_only=True)

    class Meta:
        model = Regency
        fields = [
            "url",
            "code",
            "kind",
            "name",
            "official_name",
            "province",
            "is_administrative",
            "capital",
            "latitude",
            "longitude",
            "aliases",
            "former_codes",
        ]


class ProvinceViewSet(viewsets.ReadOnlyModelViewSet):
    """The 38 provinces."""

    queryset = Province.objects.all()
    serializer_class = ProvinceSerializer
    filterset_class = ProvinceFilter
    lookup_field = "code"
    lookup_value_regex = "[0-9]{2}"


class RegencyViewSet(viewsets.ReadOnlyModelViewSet):
    """Regencies, cities, and the provinces that took part themselves."""

    queryset = Regency.objects.with_place().prefetch_related("aliases", "former_codes")
    serializer_class = RegencySerializer
    filterset_class = RegencyFilter
    lookup_field = "code"
    lookup_value_regex = r"[0-9]{2}(?:\.[0-9]{2})?"
