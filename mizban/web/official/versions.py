"""A signed version of an agreement as a paper, with its signatures as they stand."""

from mizban.lib.jalali import local, numeric, spoken
from mizban.lib.text import persian_digits
from mizban.office.agreements.models import AgreementVersion, Signature
from mizban.office.agreements.signing import document_hash
from mizban.office.agreements.words import SIGNED_SIMPLY
from mizban.office.agreements.writing.on_paper import parts
from mizban.office.papers.models import Paper
from mizban.office.papers.printing import Draft

from .saying import on_paper

CHECK = (
    "رمزینهٔ بالای صفحه یا این نشانی را باز کنید تا ببینید امضاها هنوز بر همین متن است و این نسخه پابرجاست."
)


def has_paper(version: AgreementVersion) -> bool:
    """Whether it was written and signed here; what came on paper stays as it was published."""
    return version.is_public and version.signature == Signature.SIMPLE


def subject_of(version: AgreementVersion) -> str:
    """How a paper names the version: «2/3», agreement and version."""
    return f"{version.agreement.number}/{version.number}"


def paper_of(version: AgreementVersion) -> Draft:
    """The version as a paper."""
    agreement = version.agreement
    clauses = [{"lines": [each.first_line, each.last_line]} for each in version.clauses.all()]
    signed = list(version.signatures.select_related("agency"))
    first, last = version.valid_from, version.valid_until
    says = on_paper(
        agreement.agency,
        kind="توافق‌نامهٔ سطح خدمت",
        title=version.title,
        lead=f"نسخهٔ {persian_digits(version.number)}؛ {SIGNED_SIMPLY}",
        state="نسخهٔ امضاشده",
        check=f"{CHECK} اثر انگشت سندِ امضاشده: {document_hash(version)}",
        marks=[
            ["شماره", persian_digits(f"{agreement.number}/{version.number}")],
            ["تاریخ", persian_digits(numeric(local(signed[-1].at).date())) if signed else "–"],
        ],
        facts=[
            ["آغاز اعتبار", spoken(first, weekday=False) if first else "–"],
            ["پایان اعتبار", spoken(last, weekday=False) if last else "–"],
        ],
        parts=[part.plain() for part in parts(version.text, version.reading["sections"], clauses)],
        signatures=[
            {
                "name": each.name,
                "office": f"مدیرکل {each.agency.name.removeprefix('اداره کل ')}",
                "signed": f"{SIGNED_SIMPLY}، {spoken(local(each.at).date())}",
            }
            for each in signed
        ],
    )  # fmt: skip
    return Draft(Paper.Kind.VERSION, agreement.agency, version.title, subject_of(version), says)
