"""What the probers saw: pages reached, forms open, the portal up."""

from .declaring import Measure, named

NONE_PROBED = "در این دوره درگاه سرکشی نشد."
# Two nines: some seven hours a month, maintenance among them.
ALMOST = 0.99

MEASURES = named(
    (
        Measure(
            "portal-reached",
            "probes",
            ALMOST,
            "دقیقه‌هایی که صفحهٔ اداره باز شد، از همهٔ دقیقه‌های سرکشی‌شده.",
            NONE_PROBED,
        ),
        Measure(
            "channels-used",
            "probes",
            ALMOST,
            "دقیقه‌هایی که فرم درخواست و صفحهٔ پیگیری باز شد، از همهٔ دقیقه‌های سرکشی‌شده.",
            NONE_PROBED,
        ),
        Measure(
            "uptime",
            "probes",
            ALMOST,
            "دقیقه‌هایی که همهٔ درگاه برقرار بود، از همهٔ دقیقه‌های سرکشی‌شده.",
            NONE_PROBED,
        ),
        Measure(
            "intake-open",
            "probes",
            ALMOST,
            "دقیقه‌هایی که فرم‌ها پیام می‌پذیرفتند، از همهٔ دقیقه‌های سرکشی‌شده.",
            NONE_PROBED,
        ),
    )
)
# Which pages each looks at.
TARGETS = {
    "portal-reached": ("home",),
    "channels-used": ("form", "tracking"),
    "uptime": ("all",),
    "intake-open": ("form",),
}
