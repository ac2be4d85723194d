"""The guards of the browser tests, tried on pages that are broken on purpose."""

import pytest

pytestmark = pytest.mark.browser

BROKEN = {
    "CSP: style-src": "document.body.insertAdjacentHTML('beforeend', '<p style=\"color:red\">')",
    "CSP: script-src": "document.body.append(Object.assign("
    "document.createElement('script'), {textContent: 'window.ran = 1'}))",
    "CSP: img-src": "new Image().src = 'http://elsewhere.invalid/pixel.png'",
    "script: ": "setTimeout(() => { throw new Error('broken') })",
    "status of 404": "fetch('/static/missing.css')",
}


@pytest.mark.parametrize("words", BROKEN)
def test_what_goes_wrong_in_a_page_is_noticed(page, watch, words):
    page.goto("/accounts/login/")
    assert watch.verdict() == []

    page.evaluate(f"() => {{ {BROKEN[words]} }}")
    page.wait_for_timeout(300)

    assert any(words in found for found in watch.problems)
    assert page.evaluate("window.ran") is None
    watch.problems.clear()


def test_a_request_to_another_host_is_noticed(page, watch):
    page.route("http://elsewhere.invalid/**", lambda route: route.fulfill(body="hello"))

    page.goto("http://elsewhere.invalid/")

    assert watch.verdict() == ["another host: http://elsewhere.invalid/"]
    watch.problems.clear()


def test_a_problem_that_was_expected_must_happen(page, watch):
    watch.expect("status of 418")

    page.goto("/accounts/login/")

    assert watch.verdict() == ["did not happen: status of 418"]
    watch.expected.clear()


def test_a_picture_without_words_is_noticed(page, axe):
    page.goto("/accounts/login/")
    page.evaluate("document.querySelector('main').append(document.createElement('img'))")

    with pytest.raises(AssertionError, match="image-alt"):
        axe(page)


def test_a_page_that_scrolls_sideways_is_noticed(phone, axe):
    phone.goto("/accounts/login/")
    phone.evaluate("document.querySelector('h1').style.width = '500px'")

    with pytest.raises(AssertionError, match="scrolls sideways"):
        axe(phone)
