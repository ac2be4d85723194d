"""Whatever goes wrong in a page without the page saying so."""

from urllib.parse import urlsplit

TELL_CSP = """
document.addEventListener('securitypolicyviolation', (event) => console.error(
  `CSP: ${event.effectiveDirective} refused ${event.blockedURI} at ${event.sourceFile}`));
"""


class Watch:
    """Collects what goes wrong in every page of its contexts; the test ends with ``verdict``."""

    def __init__(self, origin):
        self.host = urlsplit(origin).netloc
        self.problems = []
        self.expected = []
        self.allowed = []

    def expect(self, words):
        """Let problems with these words pass, as where a page must answer 429; they must come."""
        self.expected.append(words)

    def allow(self, words):
        """Let problems with these words pass without insisting on them."""
        self.allowed.append(words)

    def attach(self, context):
        context.add_init_script(TELL_CSP)
        context.on("console", self._on_console)
        context.on("weberror", lambda error: self.problems.append(f"script: {error.error}"))
        context.on("request", self._on_request)
        context.on("requestfailed", self._on_failed)

    def verdict(self):
        """The problems nobody expected, and the expectations nothing met."""
        unmet = [w for w in self.expected if not any(w in found for found in self.problems)]
        surprises = [
            found
            for found in self.problems
            if not any(words in found for words in [*self.expected, *self.allowed])
        ]
        return surprises + [f"did not happen: {words}" for words in unmet]

    def _on_console(self, message):
        if message.type == "error":
            self.problems.append(f"console: {message.text} ({message.location.get('url', '')})")

    def _on_request(self, request):
        address = urlsplit(request.url)
        if address.scheme in {"http", "https", "ws", "wss"} and address.netloc != self.host:
            self.problems.append(f"another host: {request.url}")

    def _on_failed(self, request):
        # A navigation that another one replaced, or that turned into a download.
        if "ERR_ABORTED" not in (request.failure or ""):
            self.problems.append(f"failed: {request.url} {request.failure}")
