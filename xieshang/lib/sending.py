"""Handing out an uploaded file so that nothing in it can act on the site."""

from django.db.models.fields.files import FieldFile
from django.http import FileResponse


def guarded(file: FieldFile, *, is_photo: bool) -> FileResponse:
    """A picture that we drew anew, or a PDF to be kept; taken for nothing else, shut off from the site's own pages."""
    response = FileResponse(file.open("rb"), content_type="image/jpeg" if is_photo else "application/pdf")
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Content-Disposition"] = "inline" if is_photo else 'attachment; filename="document.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
