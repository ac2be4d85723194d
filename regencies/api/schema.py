"""How the OpenAPI document is written."""

from drf_standardized_errors.openapi import AutoSchema


class Schema(AutoSchema):
    """One shape for every refusal, without repeating an example of each at every address."""

    def _get_error_response_examples(self):
        return []
