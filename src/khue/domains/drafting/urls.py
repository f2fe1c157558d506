"""Addresses under /work/drafts/."""

from django.urls import path

from khue.domains.drafting.views import checking, drafts, handing, register, templates, writing

app_name = "drafting"
urlpatterns = [
    path("", drafts.index, name="index"),
    path("check/", checking.check, name="check"),
    path("register/", register.books, name="register"),
    path("register/arrived/", register.arrived, name="arrived"),
    path("register/book.xlsx", register.sheet, name="book-xlsx"),
    path("register/book.pdf", register.paper, name="book-pdf"),
    path("templates/", templates.gallery, name="templates"),
    path("templates/<uuid:template_id>/delete/", templates.delete, name="template-delete"),
    path("templates/<str:key>/", templates.template, name="template"),
    path("templates/<str:key>/begin/", templates.begin, name="template-begin"),
    path("<uuid:draft_id>/", drafts.draft, name="draft"),
    path("<uuid:draft_id>/save/", drafts.save, name="save"),
    path("<uuid:draft_id>/docx/", drafts.docx, name="docx"),
    path("<uuid:draft_id>/pdf/", drafts.pdf, name="pdf"),
    path("<uuid:draft_id>/copy/", drafts.copy, name="copy"),
    path("<uuid:draft_id>/delete/", drafts.delete, name="delete"),
    path("<uuid:draft_id>/versions/", drafts.versions, name="versions"),
    path("<uuid:draft_id>/versions/keep/", drafts.keep, name="keep"),
    path("<uuid:draft_id>/versions/<int:number>/back/", drafts.restore, name="restore"),
    path("<uuid:draft_id>/write/", writing.write, name="write"),
    path("<uuid:draft_id>/writing/", writing.state, name="writing"),
    path("<uuid:draft_id>/stop/", writing.stop, name="stop"),
    path("<uuid:draft_id>/stand-for/", writing.stand_for, name="stand-for"),
    path("<uuid:draft_id>/terms/", writing.terms, name="terms"),
    path("<uuid:draft_id>/template/", templates.save, name="template-save"),
    path("<uuid:draft_id>/rewrite/", writing.rewrite, name="rewrite"),
    path("<uuid:draft_id>/rewrites/", writing.rewrites, name="rewrites"),
    path("<uuid:draft_id>/rewrites/<uuid:rewrite_id>/", writing.settle, name="rewrite-settle"),
    path("<uuid:draft_id>/comments/", handing.comment, name="comment"),
    path("<uuid:draft_id>/comments/<uuid:comment_id>/", handing.settle, name="comment-settle"),
    path("<uuid:draft_id>/hand/", handing.hand, name="hand"),
    path("<uuid:draft_id>/number/", register.number, name="number"),
]
