"""Any Word file against the decree; its layout mended."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from khue.domains.drafting.forms.drafts import FileForm
from khue.domains.drafting.nd30 import checking as nd30
from khue.domains.drafting.nd30.reading import UnreadableDocument
from khue.domains.drafting.queries import checking
from khue.domains.drafting.views.drafts import WORD
from khue.domains.drafting.words import unreadable
from khue.domains.people.api import actor
from khue.gateway.classes import DataClass

MOST_OCTETS = 20 * 1024 * 1024


@require_http_methods(["GET", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    form = FileForm(request.POST or None, request.FILES or None)
    context: dict[str, object] = {"form": form}
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            if file.size > MOST_OCTETS:
                raise UnreadableDocument("too-large")
            octets = file.read()
            if "fix" in request.POST:
                return _fixed(octets, file.name)
            found = checking.check(octets, by=actor(request), library=True, data_class=DataClass.INTERNAL)
            context |= {"findings": found, "name": file.name, "fixable": any(one.mend for one in found)}
        except UnreadableDocument as problem:
            form.add_error("file", unreadable(problem.reason))
    elif request.method == "POST" and not form.errors.get("file"):
        form.add_error("file", _("Choose a file first."))
    return render(request, "drafting/check.html", context, status=400 if form.errors else 200)


def _fixed(octets: bytes, name: str) -> HttpResponse:
    mended, _left = nd30.fix(octets)
    safe = "".join(char if char.isalnum() or char in "-_." else "-" for char in name.rsplit(".", 1)[0])[:80]
    ascii_ = safe.encode("ascii", "ignore").decode() or "van-ban"
    return HttpResponse(
        mended, content_type=WORD, headers={"Content-Disposition": f'attachment; filename="{ascii_}-nd30.docx"'}
    )
