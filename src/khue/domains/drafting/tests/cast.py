"""A draft for tests that only need one: Bình's, handed to nobody, with a comment, a version and a proposal."""

from typing import Any

from khue.domains.drafting.models import Comment, Draft, Rewrite, Template, Version

CONTENT = {
    "type": "cong-van", "superior": "Ủy ban nhân dân tỉnh Nam Định", "agency": "Sở Nội vụ", "agency_code": "SNV",
    "unit": "VP", "place": "Nam Định", "subject": "báo cáo tình hình sử dụng biên chế", "to": ["Sở Tài chính"],
    "body": [{"text": "Sở Nội vụ đề nghị quý Sở gửi báo cáo trước ngày 15 tháng 3 năm 2026."}],
    "signature": {"position": "Giám đốc", "name": "Nguyễn Văn An"},
}  # fmt: skip


def stored_draft(people: Any) -> Draft:
    facts = {"content": CONTENT, "holder": people.binh}
    return Draft.objects.get_or_create(organisation=people.academy, owner=people.binh, defaults=facts)[0]


def stored_version(people: Any) -> Version:
    facts = {"content": CONTENT, "made_by": people.binh}
    return Version.objects.get_or_create(draft=stored_draft(people), number=1, defaults=facts)[0]


def stored_comment(people: Any) -> Comment:
    facts = {"field": "body.0", "quote": "trước ngày 15 tháng 3 năm 2026"}
    draft = stored_draft(people)
    return Comment.objects.get_or_create(draft=draft, text="Thêm hạn gửi.", by=people.binh, defaults=facts)[0]


def stored_rewrite(people: Any) -> Rewrite:
    facts = {"before": "quý Sở", "after": "Sở", "outcome": "open", "by": people.binh}
    return Rewrite.objects.get_or_create(draft=stored_draft(people), manner="shorter", defaults=facts)[0]


def stored_template(people: Any) -> Template:
    facts = {"content": CONTENT, "by": people.binh}
    return Template.objects.get_or_create(organisation=people.academy, name="Công văn báo cáo", defaults=facts)[0]
