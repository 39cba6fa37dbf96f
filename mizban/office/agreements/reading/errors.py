"""Why a file cannot be read, one code and one Persian sentence each."""

MESSAGES = {
    "not-found": "پرونده پیدا نشد.",
    "not-a-file": "این نشانی، نشانی یک پرونده نیست.",
    "no-permission": "اجازه خواندن این پرونده نیست.",
    "empty": "پرونده خالی است.",
    "too-large": "پرونده از ۵ مگابایت بزرگ‌تر است.",
    "binary": "این پرونده متن نیست.",
    "encrypted": "پرونده رمز دارد؛ نسخه بدون گذرواژه بدهید.",
    "no-text": "در این پرونده متنی نیست؛ شاید تنها تصویر صفحه‌ها باشد.",
    "damaged": "پرونده آسیب دیده است و باز نمی‌شود.",
    "unsupported": "این قالب خوانده نمی‌شود؛ txt، docx، pdf یا html بدهید.",
}


class UnreadableFile(Exception):  # refused by name, as every refusal of Mizban (style.md, rule 8)
    """A file that has no reading; `code` for programs, the Persian `message` for people."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.message = MESSAGES[code]
        super().__init__(self.message)
