"""Reading JSON bodies, also those made to choke on."""

import json

from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser


class ShallowJSONParser(JSONParser):
    """JSON whose nesting Python can follow, and whose text can be written back.

    Escapes such as ``\\ud800`` name half a character, which no answer could repeat.
    """

    def parse(self, stream, media_type=None, parser_context=None):
        try:
            data = super().parse(stream, media_type, parser_context)
            json.dumps(data, ensure_ascii=False).encode()
        except RecursionError:
            raise ParseError(_("The body is nested too deeply.")) from None
        except UnicodeEncodeError:
            raise ParseError(_("The body holds text that is not valid Unicode.")) from None
        return data
