from django.apps import AppConfig


class SmartcityConfig(AppConfig):
    name = "smartcity"

    def ready(self):
        """Register the deployment checks."""
        from smartcity import checks  # noqa: F401, PLC0415 -- registers itself when imported
