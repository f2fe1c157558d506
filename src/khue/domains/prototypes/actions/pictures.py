"""The picture of a version: taken where there is a browser, after it was drawn from its parts."""

from uuid import UUID

from khue.domains.prototypes.models import Version
from khue.domains.prototypes.picturing import taken


def take(version_id: UUID) -> None:
    version = Version.objects.filter(pk=version_id, picture_by="drawn").first()
    made = taken(version.html) if version else None
    if version and made:
        version.picture, version.picture_by = made, "browser"
        version.save(update_fields=["picture", "picture_by", "updated_at"])
