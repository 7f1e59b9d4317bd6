"""What may have changed a page's look while it was made fit for a press."""

from __future__ import annotations

from enum import StrEnum


class Remark(StrEnum):
    """Something that was met on a page."""

    FLATTENED = "something translucent, laid on white"
    MASKED = "a soft mask, as of a translucent gradient; it was left out"
    BLENDED = "colours that blend with those below; they were painted over them"
    UNKNOWN_COLOUR = "a colour in a space that cannot be read; it was made black"
    UNKNOWN_SHADING = "a gradient of an unknown kind; it was left out"
    INLINE_PICTURE = "a picture within the text of the page; it was left out"

    @property
    def is_faithful(self) -> bool:
        """Whether the page can look as before; a proof tells."""
        return self is Remark.FLATTENED
