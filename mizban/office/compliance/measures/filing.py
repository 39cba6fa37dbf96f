"""What is counted of every case in the month of its filing: codes, forms, money, visits, departments."""

from collections.abc import Iterator

from ..stories import Story
from .declaring import Count, Measure, counted, named

ALL = 1.0
NONE_FILED = "در این دوره درخواستی ثبت نشد."
# How cases of the service desk are told apart in the counts of channels.
CHANNELS = ("request", "complaint", "comment", "suggestion", "question")
VISIT, REFERRED, MONEY, WITHDRAWN = "invite", "referred", "money", "withdraw"

MEASURES = named(
    (
        Measure(
            "codes-issued",
            "folded",
            ALL,
            "درخواست‌هایی که هنگام ثبت، کد رهگیری درست گرفتند.",
            NONE_FILED,
            counts_cases=True,
        ),
        Measure(
            "codes-unique",
            "folded",
            ALL,
            "درخواست‌هایی که کدشان از آنِ هیچ درخواست دیگری نیست. رمزها به قید قرعه ساخته می‌شوند و با هم مقایسه نمی‌شوند.",
            NONE_FILED,
            counts_cases=True,
            title="کد یکتا",
        ),
        Measure(
            "no-money-asked",
            "folded",
            ALL,
            "درخواست‌هایی که بی گام پرداخت ثبت شدند؛ هر شکایت «دریافت وجه» یک مورد خلاف است.",
            NONE_FILED,
            counts_cases=True,
        ),
        Measure(
            "visits-asked",
            "folded",
            0.8,
            "درخواست‌هایی که بی مراجعهٔ حضوری پیش رفتند؛ هر دعوت، دلیل و جا و ساعت دارد.",
            NONE_FILED,
            counts_cases=True,
        ),
        Measure(
            "applicants-served",
            "folded",
            ALL,
            "درخواست‌هایی که نوع متقاضی آن‌ها (حقیقی، حقوقی، دستگاه) روشن است.",
            NONE_FILED,
            counts_cases=True,
        ),
        Measure(
            "forms-complete",
            "folded",
            ALL,
            "درخواست‌هایی که برای تکمیل به متقاضی بازنگشتند. این کار متقاضی است و تنها دیده می‌شود.",
            NONE_FILED,
            counts_cases=True,
        ),
        Measure(
            "codes-kept",
            "folded",
            ALL,
            "درخواست‌هایی که صاحبشان کد یا رمز را گم نکرد. این کار متقاضی است و تنها دیده می‌شود.",
            NONE_FILED,
            counts_cases=True,
        ),
        Measure(
            "departments-right",
            "folded",
            ALL,
            "درخواست‌هایی که به واحد دیگری ارجاع نشدند. این کار متقاضی است و تنها دیده می‌شود.",
            NONE_FILED,
            counts_cases=True,
        ),
    )
)


def counts(story: Story) -> Iterator[Count]:
    """What a case adds to the month of its filing; what happens to it later may take from it again."""
    month = story.filed_in
    is_free = story.declared(1).identity.free
    yield counted("codes-issued", month, holds=story.code_is_good)
    yield counted("codes-unique", month, holds=not story.code_is_shared)
    yield counted("no-money-asked", month, holds=is_free)
    yield counted("visits-asked", month, holds=story.took(VISIT) is None)
    yield counted("applicants-served", month, holds=bool(story.applicant))
    yield counted("forms-complete", month, holds=not story.was_returned)
    yield counted("codes-kept", month, "code", holds=not story.has("code-recovered"))
    yield counted("codes-kept", month, "password", holds=not story.has("reset-issued"))
    yield counted("departments-right", month, holds=not story.has(REFERRED))
    kind = story.plain.get("kind")
    yield Count("filed", month, 1, topic=kind if kind in CHANNELS else "", is_offices=True)
    if story.plain.get("matter") == MONEY and story.took(WITHDRAWN) is None:
        yield Count("no-money-asked", month, 0, is_offices=True)
