"""Why a file cannot be read, one code and one Persian sentence each."""

MESSAGES = {
    "not-found": "فایل پیدا نشد.",
    "not-a-file": "این نشانی، نشانی یک فایل نیست.",
    "no-permission": "اجازهٔ خواندن این فایل نیست.",
    "empty": "فایل خالی است.",
    "too-large": "فایل بیش از ۵ مگابایت است.",
    "binary": "این فایل متن نیست.",
    "encrypted": "فایل رمز دارد؛ نسخهٔ بدون گذرواژه بدهید.",
    "no-text": "در این فایل متنی نیست؛ شاید تنها تصویر صفحه‌ها باشد.",
    "damaged": "فایل آسیب دیده است و باز نمی‌شود.",
    "unsupported": "این قالب خوانده نمی‌شود؛ txt، docx، pdf یا html بدهید.",
}


class UnreadableFile(Exception):  # refused by name, as every refusal of Mizban (style.md, rule 8)
    """A file that has no reading; `code` for programs, the Persian `message` for people."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.message = MESSAGES[code]
        super().__init__(self.message)
