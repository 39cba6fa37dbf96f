"""A declared question as a JSON Schema: its type, its bounds, its choices, in one line a kind.

The schema asks for the tidy form of an answer; the server also takes what people type (Persian digits, blanks, dashes).
"""

from collections.abc import Callable
from typing import Any

from mizban.core.agencies.provinces import PROVINCES
from mizban.core.declarations.fields import FORMATS, Field
from mizban.core.declarations.groups import ADDRESS, ADDRESS_LABELS, LONGEST, SHORTEST
from mizban.core.declarations.items import LONGEST_LABEL, MOST
from mizban.core.declarations.kinds import LONGEST_LINE, LONGEST_TEXT
from mizban.core.declarations.tables import MOST_ROWS
from mizban.lib.identifiers.plate import KINDS as PLATE_LETTERS
from mizban.lib.rials import LARGEST_STORED
from mizban.web.examples.example_files import address_of, example_format

from .conditions import required_when

Schema = dict[str, Any]
LARGEST_NUMBER = 10**15 - 1
LARGEST_FILE = 5 * 1024 * 1024
_LETTERS = "|".join(PLATE_LETTERS)
JALALI = r"^1[2-5][0-9]{2}[-/](0[1-9]|1[0-2])[-/](0[1-9]|[12][0-9]|3[01])$"
PATTERNS = {
    "national_id": r"^[0-9]{10}$",
    "legal_id": r"^[0-9]{11}$",
    "foreign_id": r"^[1-9][0-9]{11}$",
    "mobile": r"^(\+98|0)9[0-9]{9}$",
    "landline": r"^0[1-8][0-9]-?[2-9][0-9]{7}$",
    "postal_code": r"^[13-9]{5}[0-9]{5}$",
    "iban": r"^IR[0-9]{24}$",
    "vin": r"^[A-HJ-NPR-Z0-9]{17}$",
    "plate": rf"^[1-9]{{2}} ?({_LETTERS}) ?[1-9]{{3}}( ?-? ?| ایران )[1-9][0-9]$",
    "plot": r"^[0-9]{1,9} فرعی از [1-9][0-9]{0,8} اصلی$",
    "economic_code": r"^([0-9]{11}|[0-9]{12}|[0-9]{14})$",
    "deposit_id": r"^[0-9]{1,30}$",
    "bill": r"^[0-9]{6,18}/[0-9]{6,18}$",
}
# What `bounds.LETTERS` takes, in the digits of a schema.
LETTER_PATTERNS = {
    "digits": r"^[0-9]+$",
    "latin": r"^[A-Za-z0-9 ._/-]*[A-Za-z0-9._/-][A-Za-z0-9 ._/-]*$",
    "persian": r"[ء-ی]",
}
SAID = {
    "date": "تاریخ شمسی، YYYY-MM-DD",
    "mobile": "یازده رقم که با ۰۹ آغاز می‌شود",
    "landline": "با کد استان",
    "plate": "دو رقم، حرف، سه رقم و شمارهٔ ایران",
    "plot": "«… فرعی از … اصلی»؛ بی پلاک فرعی: ۰",
    "rials": "ریال، عدد درست",
    "bill": "«شناسهٔ قبض/شناسهٔ پرداخت»",
    "case": "کد رهگیری پروندهٔ دیگر و رمز آن؛ رمز لازم نیست اگر با همین شناسه ثبت شده است",
    "computed": "سامانه حساب می‌کند؛ آنچه فرستاده شود دیده نمی‌شود",
    "file": "شناسهٔ فایلی که با POST /api/v1/files فرستاده شده است",
    "files": "شناسهٔ فایل‌هایی که با POST /api/v1/files فرستاده شده است",
}


def property_of(field: Field) -> Schema:
    """The schema of an answer to this question, without examples."""
    schema: Schema = {"title": field.label}
    description = ". ".join(said.rstrip(".") for said in (field.help, SAID.get(field.kind, "")) if said)
    if description:
        schema["description"] = description
    schema |= MAKERS.get(field.kind, _patterned)(field)
    if field.prefill:
        schema["x-prefill"] = field.prefill
    if field.signed_in_may_omit:
        schema["x-signed-in-may-omit"] = True
    return schema


def _patterned(field: Field) -> Schema:
    return {"type": "string", "pattern": PATTERNS[field.kind]}


def _text(field: Field) -> Schema:
    longest = field.max_length or (LONGEST_TEXT if field.kind == "long_text" else LONGEST_LINE)
    # Blanks alone are no answer.
    pattern = LETTER_PATTERNS.get(field.letters, r"\S")
    return {"type": "string", "minLength": max(1, field.min_length), "maxLength": longest, "pattern": pattern}


def _number(field: Field) -> Schema:
    most = LARGEST_STORED if field.kind == "rials" else LARGEST_NUMBER
    return {"type": "integer", "minimum": field.least, "maximum": field.most or most}


def _date(field: Field) -> Schema:
    schema: Schema = {"type": "string", "pattern": JALALI, "x-calendar": "jalali"}
    return schema | ({"x-day": field.day} if field.day else {})


def _choice(field: Field) -> Schema:
    return {"type": "string", **_options(field)}


def _choices(field: Field) -> Schema:
    least = {"minItems": 1} if field.required else {}
    return {"type": "array", "items": {"type": "string", **_options(field)}, "uniqueItems": True, **least}


def _options(field: Field) -> Schema:
    labels = {option.value: option.label for option in field.options}
    # An enum must not be empty: a choice without options has no right answer.
    return {"enum": list(labels), "x-labels": labels} if labels else {"not": {}}


def _yes_no(_field: Field) -> Schema:
    return {"type": "boolean"}


def _declaration(_field: Field) -> Schema:
    return {"const": True}


def _file(field: Field) -> Schema:
    shown = example_format(field.formats)
    return {
        "type": "integer",
        "format": "file",
        "minimum": 1,
        "contentMediaType": FORMATS[shown],
        "x-media-types": [FORMATS[name] for name in field.formats],
        "x-largest": LARGEST_FILE,
        "x-example-file": address_of(shown),
    }


def _files(field: Field) -> Schema:
    least = {"minItems": 1} if field.required else {}
    return {"type": "array", "items": _file(field), "maxItems": field.max_files, **least}


def _items(field: Field) -> Schema:
    """Names of questions or free texts, or the same with a remark."""
    name, remark = {"type": "string", "minLength": 2, "maxLength": LONGEST_LABEL}, {"type": "string"}
    known = {"type": "string", **_options(field)}
    one = {"type": "object", "properties": {"field": known, "item": name, "remark": remark}}
    least = {"minItems": 1} if field.required else {}
    return {"type": "array", "items": {"anyOf": [known, name, one]}, "maxItems": MOST, **least}


def _period(field: Field) -> Schema:
    day = {"type": "string", "pattern": JALALI, "x-calendar": "jalali"}
    return _object({"from": day, "until": day}) | ({"x-day": field.day} if field.day else {})


def _address(_field: Field) -> Schema:
    parts: dict[str, Schema] = {"province": {"enum": list(PROVINCES)}}
    for part, longest in LONGEST.items():
        parts[part] = {"type": "string", "minLength": SHORTEST[part], "maxLength": longest, "pattern": r"\S"}
    parts["postal_code"] = {"type": "string", "pattern": PATTERNS["postal_code"]}
    return _object({part: {"title": ADDRESS_LABELS[part], **parts[part]} for part in ADDRESS})


def _case(_field: Field) -> Schema:
    digits = {"type": "string", "pattern": r"^[0-9]{12}$"}
    return _object({"code": digits, "password": digits}) | {"required": ["code"]}


def _computed(field: Field) -> Schema:
    """Worked out on the server; what is sent for it is not looked at."""
    return {"readOnly": True, "x-computed": field.result or "number", "examples": [0]}


def _rows(field: Field) -> Schema:
    """An array of objects; which cells a row must have, and when, is said in the schema of the row."""
    by_name = {column.name: column for column in field.columns}
    always = [
        column.name
        for column in field.columns
        if column.required and not (column.show_if or column.required_if or column.computed)
    ]
    row = _object({column.name: property_of(column) for column in field.columns}) | {"required": always}
    whens = [
        {"if": when, "then": {"required": [column.name]}}
        for column in field.columns
        if (when := required_when(column, by_name)) is not None
    ]
    if whens:
        row["allOf"] = whens
    unique = {"x-unique": list(field.unique)} if field.unique else {}
    least = {"minItems": max(1, field.least_rows)} if field.required else {}
    return {"type": "array", "items": row, "maxItems": field.most_rows or MOST_ROWS, **least, **unique}


def _object(parts: dict[str, Schema]) -> Schema:
    return {"type": "object", "properties": parts, "required": list(parts), "additionalProperties": False}


MAKERS: dict[str, Callable[[Field], Schema]] = {
    "text": _text,
    "long_text": _text,
    "number": _number,
    "rials": _number,
    "date": _date,
    "choice": _choice,
    "unit": _choice,
    "agency": _choice,
    "choices": _choices,
    "yes_no": _yes_no,
    "declaration": _declaration,
    "file": _file,
    "files": _files,
    "items": _items,
    "period": _period,
    "address": _address,
    "case": _case,
    "computed": _computed,
    "rows": _rows,
}
