"""The text of a page as a browser reads it, whatever the layout of its template."""

import re
from typing import TYPE_CHECKING

from werkzeug.test import TestResponse

_VERBATIM = re.compile(r'(<textarea.*?</textarea>|<script.*?</script>|value="[^"\n]*\n[^"]*")', re.DOTALL)
_BLANKS = re.compile(r"[ \t\r\n]+")
_BLOCKS = (
    "button|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|header|legend|li|main|nav|noscript|ol"
    "|option|p|section|select|summary|table|tbody|td|th|thead|title|tr|ul"
)
_AROUND_A_BLOCK = re.compile(rf" ?(</?(?:{_BLOCKS})(?: [^>]*)?>) ?")
_BEFORE_THE_END_OF_A_TAG = re.compile(r"(<[a-zA-Z][^<>]*) >")


class Page(TestResponse):
    """A response whose `text` has one space for a run of blanks, and none around a block or before `>`.

    What a field contains stays as typed.
    """

    if TYPE_CHECKING:
        text: str
    else:

        @property
        def text(self) -> str:
            source = self.get_data(as_text=True)
            if self.mimetype != "text/html":
                return source
            parts = _VERBATIM.split(source)
            parts[::2] = map(_read, parts[::2])
            return "".join(parts)


def _read(source: str) -> str:
    source = _AROUND_A_BLOCK.sub(r"\1", _BLANKS.sub(" ", source))
    return _BEFORE_THE_END_OF_A_TAG.sub(r"\1>", source)
