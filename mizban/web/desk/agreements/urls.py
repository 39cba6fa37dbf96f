"""Addresses below `/desk/<agency>/agreements/`."""

from django.urls import path

from . import (
    agreement,
    clauses,
    compliance,
    drafts,
    effects,
    ending,
    index,
    sending,
    uploading,
    versions,
    writing,
)

urlpatterns = [
    path("", index.show, name="agreements"),
    path("new/", uploading.new, name="new-agreement"),
    path("written/", writing.write, name="write-agreement"),
    path("drafts/<int:draft_id>/comparison/", writing.compare, name="draft-comparison"),
    path("drafts/<int:draft_id>/", drafts.show, name="draft"),
    path("drafts/<int:draft_id>/facts/", drafts.facts, name="draft-facts"),
    path("drafts/<int:draft_id>/confirmation/", clauses.confirm, name="draft-confirmation"),
    path("drafts/<int:draft_id>/owner/", clauses.own, name="draft-owner"),
    path("drafts/<int:draft_id>/blanks/", drafts.blanks, name="draft-blanks"),
    path("drafts/<int:draft_id>/clauses/<slug:ref>/", clauses.edit, name="draft-clause"),
    path("drafts/<int:draft_id>/effects/", effects.ask, name="draft-effects"),
    path("drafts/<int:draft_id>/sending/", sending.send, name="draft-sending"),
    path("drafts/<int:draft_id>/dropping/", drafts.drop, name="draft-dropping"),
    path("versions/<int:version_id>/", versions.show, name="agreement-version"),
    path("versions/<int:version_id>/signature/", versions.sign, name="agreement-signature"),
    path("versions/<int:version_id>/return/", versions.send_back, name="agreement-return"),
    path("<int:number>/", agreement.show, name="agreement"),
    path("<int:number>/compliance/", compliance.show, name="compliance"),
    path("<int:number>/compliance/<slug:ref>/", compliance.behind, name="compliance-cases"),
    path("<int:number>/successor/", agreement.successor, name="agreement-successor"),
    path("<int:number>/notifications/", agreement.notify, name="agreement-notifications"),
    path("<int:number>/notifications/<int:notification_id>/", agreement.paper, name="agreement-notification"),
    path("<int:number>/ending/", ending.show, name="ending"),
    path("<int:number>/ending/backup/", ending.backup, name="ending-backup"),
    path("<int:number>/ending/signature/", ending.sign, name="ending-signature"),
    path("<int:number>/ending/erasure/", ending.erasure, name="ending-erasure"),
    path("<int:number>/ending/certificate/", ending.certificate, name="ending-certificate"),
]
