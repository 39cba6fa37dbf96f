"""Files as people send them: encodings, formats, and the ones that cannot be read; the command on top."""

import io
import json
import resource
import subprocess
import sys
import zipfile
from pathlib import Path

import docx
import pypdf
import pytest
import typst

import mizban
from mizban.office.agreements.reading import UnreadableFile, read_file
from mizban.office.agreements.reading.command import main

from .reading_cast import PUBLISHED, TEXTS, TODAY, read

CLEAN = (TEXTS / PUBLISHED["S2"]).read_text(encoding="utf-8")
LATIN = [
    "Service Level Agreement",
    "Service: Lost Property",
    "Fees",
    "The service is free of charge.",
    "Validity",
    "This agreement is valid until 2027-03-20.",
]


def kinds(path: Path) -> list[str]:
    return [clause.kind for clause in read_file(path, today=TODAY).clauses]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1256"]
)
def test_one_text_in_any_encoding_reads_alike(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "agreement.txt"
    arabic = CLEAN.replace("ی", "ي").translate(str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789")).replace("✓", "*")
    path.write_bytes(arabic.encode(encoding))
    assert kinds(path) == [clause.kind for clause in read("S2").clauses]


@pytest.mark.parametrize("ending", ["\r\n", "\r", "\n"])
def test_line_ends_count_alike(tmp_path: Path, ending: str) -> None:
    path = tmp_path / "agreement.txt"
    path.write_bytes(CLEAN.replace("\n", ending).encode())
    assert read_file(path, today=TODAY).as_json()["clauses"] == read("S2").as_json()["clauses"]


def test_a_word_document(tmp_path: Path) -> None:
    document = docx.Document()
    for line in CLEAN.splitlines():
        document.add_paragraph(line)
    document.save(str(tmp_path / "agreement.docx"))
    reading = read_file(tmp_path / "agreement.docx", today=TODAY)
    assert reading.title == read("S2").title
    assert kinds(tmp_path / "agreement.docx") == [clause.kind for clause in read("S2").clauses]


def test_a_table_in_a_word_document_is_read(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("توافق‌نامه سطح خدمت", 1)
    cells = document.add_table(rows=1, cols=2).rows[0].cells
    cells[0].text, cells[1].text = "پاسخ به درخواست حداکثر ظرف ۴ روز کاری است.", "این خدمت رایگان است."
    document.save(str(tmp_path / "table.docx"))
    assert kinds(tmp_path / "table.docx") == ["response-time", "free-of-charge"]


def test_a_table_of_services_says_each_cell_under_its_column(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("توافق‌نامه سطح خدمت", 1)
    table = document.add_table(rows=0, cols=4)
    for row in (
        ("ردیف", "خدمت", "مدت زمان پاسخ", "هزینه"),
        ("۱", "تمدید پروانه", "۵ روز کاری", "طبق تعرفه مصوب"),
        ("۲", "ابطال پروانه", "۲ روز کاری", "رایگان"),
    ):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.save(str(tmp_path / "table.docx"))
    clauses = read_file(tmp_path / "table.docx", today=TODAY).clauses
    said = [(each.lines[0], each.kind, each.target and each.target.value) for each in clauses]
    assert said == [
        (3, "response-time", 5),
        (3, "fee", None),
        (4, "response-time", 2),
        (4, "free-of-charge", None),
    ]


BOX = (
    "<w:p><w:r><mc:AlternateContent xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'>"
    "<mc:Choice><w:txbxContent>{0}</w:txbxContent></mc:Choice>"
    "<mc:Fallback><w:txbxContent>{0}</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>"
)
HEADED = "<w:p><w:r><w:t>توافق‌نامه سطح خدمت</w:t></w:r></w:p>"
WORDS = "<w:p><w:r><w:t>این خدمت رایگان است.</w:t></w:r></w:p>"


def test_a_text_box_in_a_word_document_is_read_once(tmp_path: Path) -> None:
    space = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'"
    part = f"<w:document {space}><w:body>{HEADED}{BOX.format(WORDS)}</w:body></w:document>"
    (tmp_path / "box.docx").write_bytes(zip_of("word/document.xml", part.encode()))
    assert kinds(tmp_path / "box.docx") == ["free-of-charge"]


ROWS = "<tr><td>مدت زمان&nbsp;ارائه خدمت</td><td><p>۱۰ روز کاری</p></td></tr><tr><td>هزینه</td><td>رایگان</td></tr>"


@pytest.mark.parametrize("table", [ROWS, f"<tr><td><p>x</p><p>y</p><p>z</p><table>{ROWS}</table></td></tr>"])
def test_the_rows_of_a_table_in_a_page_stay_together(tmp_path: Path, table: str) -> None:
    path = tmp_path / "page.html"
    path.write_text(
        f"<html><body><h1>توافق‌نامه سطح خدمت</h1><table>{table}</table></body></html>", encoding="utf-8"
    )
    assert [kind for kind in kinds(path) if kind != "other"] == ["response-time", "free-of-charge"]


def pdf_of(lines: list[str], *, drawn: bool = False) -> bytes:
    """A hand-made PDF; its font maps each code to the character of that number (ToUnicode)."""
    shown = "".join(
        f"1 0 0 1 50 {780 - 20 * at} Tm <{(line[::-1] if drawn else line).encode('utf-16-be').hex()}> Tj\n"
        for at, line in enumerate(lines)
    )
    content = f"BT /F1 12 Tf\n{shown}ET".encode()
    mapping = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def 1 "
        b"begincodespacerange <0000> <ffff> "
        b"endcodespacerange 2 beginbfrange <0000> <05ff> <0000> <0600> <20ff> <0600> endbfrange endcmap end end"
    )
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type0/BaseFont/Any/Encoding/Identity-H/DescendantFonts[6 0 R]/ToUnicode 7 0 R>>",
        (
            b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Any/DW 500/CIDSystemInfo"
            b"<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>"
        ),
        b"<</Length %d>>stream\n%s\nendstream" % (len(mapping), mapping),
    ]
    out = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)


def test_a_pdf(tmp_path: Path) -> None:
    path = tmp_path / "agreement.pdf"
    path.write_bytes(pdf_of(LATIN))
    reading = read_file(path, today=TODAY)
    assert kinds(path) == ["free-of-charge", "valid-until"]
    assert reading.validity.until == "1405-12-29"


def test_a_persian_pdf_whose_letters_were_stored_as_drawn(tmp_path: Path) -> None:
    lines = [
        "توافق نامه سطح خدمت",
        "این خدمت بدون هزینه ارائه می گردد.",
        "پاسخ به درخواست ها حداکثر سه روز کاری است.",
    ]
    for drawn in (False, True):
        path = tmp_path / f"agreement-{drawn}.pdf"
        path.write_bytes(pdf_of(lines, drawn=drawn))
        assert kinds(path) == ["free-of-charge", "response-time"]


def test_a_number_in_a_pdf_is_the_number_that_is_printed(tmp_path: Path) -> None:
    # A page shows letters from right to left and the digits among them from left to right.
    shown = ".دوش یم هداد یراک زور ۱۵ فرظ اه تساوخرد خساپ"
    path = tmp_path / "agreement.pdf"
    path.write_bytes(pdf_of(["تمدخ حطس همان قفاوت", shown, ".تسا سرتسد رد تاقوا دصرد ۹۹/۵ رد هناماس"]))
    targets = [clause.target for clause in read_file(path, today=TODAY).clauses]
    assert [(each.value, each.unit) for each in targets if each] == [(15, "working_days"), (99.5, "percent")]


def test_a_number_in_a_pdf_from_a_typesetter_is_the_number_that_is_printed(tmp_path: Path) -> None:
    font = Path(mizban.__file__).parent
    source = tmp_path / "agreement.typ"
    source.write_text(
        '#set text(lang: "fa", font: "Vazirmatn")\nتوافق‌نامه سطح خدمت\n\n«صدور پروانه»\n\n'
        "پاسخ درخواست‌ها ظرف ۱۵ روز کاری داده می‌شود.\n\nاین توافق‌نامه تا تاریخ ۱۴۰۶/۱۲/۲۹ اعتبار دارد.\n",
        encoding="utf-8",
    )
    path = tmp_path / "agreement.pdf"
    typst.compile(str(source), output=str(path), font_paths=[str(font)])
    reading = read_file(path, today=TODAY)
    assert reading.title == "صدور پروانه"
    assert [each.target.value for each in reading.clauses if each.target] == [15]
    assert reading.validity.until == "1406-12-29"


def locked_pdf() -> bytes:
    writer = pypdf.PdfWriter(io.BytesIO(pdf_of(LATIN)))
    writer.encrypt("secret", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def blank_pdf() -> bytes:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def zip_of(name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()


BAD = {
    "empty.txt": (b"", "empty"),
    "blank.txt": (b" \r\n\t \n", "empty"),
    "marked.txt": (b"\xff\xfe", "empty"),
    "picture.txt": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "binary"),
    "noise.txt": (bytes((i * 7919) % 256 for i in range(5000)), "binary"),
    "zeros.txt": (b"\x00" * 4000, "binary"),
    "large.txt": (b"a" * (5 * 1024 * 1024 + 1), "too-large"),
    "locked.pdf": (locked_pdf(), "encrypted"),
    "locked.docx": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512 + "EncryptedPackage".encode("utf-16-le"),
        "encrypted",
    ),
    "old.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512, "unsupported"),
    "scan.pdf": (blank_pdf(), "no-text"),
    "cut.pdf": (pdf_of(LATIN)[:60], "damaged"),
    "cut.docx": (zip_of("word/document.xml", b"<w:document")[:40], "damaged"),
    "wrong.docx": (zip_of("word/document.xml", b"<w:document"), "damaged"),
    "bomb.docx": (zip_of("word/document.xml", b"<a>" + b" " * 30_000_000), "too-large"),
    "entities.docx": (zip_of("word/document.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "damaged"),
    "sheet.xlsx": (zip_of("xl/workbook.xml", b"<a/>"), "unsupported"),
    "scripts.html": (b"<html><script>alert('x')</script><style>p{}</style></html>", "no-text"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_cannot_be_read_is_one_clear_line(tmp_path: Path, name: str) -> None:
    data, code = BAD[name]
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(UnreadableFile) as refused:
        read_file(path, today=TODAY)
    assert refused.value.code == code
    out, err = io.StringIO(), io.StringIO()
    assert main([str(path)], as_json=True, out=out, err=err, today=TODAY) == 1
    assert json.loads(out.getvalue()) == []
    assert err.getvalue().count("\n") == 1
    assert refused.value.message in err.getvalue()


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    for path, code in ((tmp_path / "none.txt", "not-found"), (tmp_path, "not-a-file")):
        with pytest.raises(UnreadableFile) as refused:
            read_file(path, today=TODAY)
        assert refused.value.code == code


def test_the_others_are_printed_beside_a_bad_one() -> None:
    out, err = io.StringIO(), io.StringIO()
    files = [str(TEXTS / PUBLISHED["S0"]), "/no/such/file", str(TEXTS / PUBLISHED["S4"])]
    assert main(files, as_json=True, out=out, err=err, today=TODAY) == 1
    assert [each["validity"]["until"] for each in json.loads(out.getvalue())] == ["1401-12-29", "1399-12-29"]
    assert "تاریخ" not in err.getvalue()
    assert err.getvalue().startswith("/no/such/file: ")
    assert "\\u" not in out.getvalue()


def test_a_summary_for_people() -> None:
    out = io.StringIO()
    assert main([str(TEXTS / PUBLISHED["S4"])], as_json=False, out=out, err=io.StringIO(), today=TODAY) == 0
    said = out.getvalue()
    assert "اداره کل راه و شهرسازی استان مرکزی" in said
    assert "۱۳۹۹/۱۲/۲۹" in said
    assert "[مدت زمان]" in said


SCRIPT = """
import sys
from datetime import date
from mizban.office.agreements.reading.command import main
code = main(sys.argv[1:], as_json=True, out=sys.stdout, err=sys.stderr, today=date(2026, 11, 20))
sys.exit(code or ("django" in sys.modules) or ("pypdf" in sys.modules))
"""


def cpu_of_children() -> float:
    """Processor seconds of all finished children: unlike the clock, they do not grow on a busy machine."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def test_five_agreements_in_under_two_seconds_without_django() -> None:
    files = [str(TEXTS / name) for name in PUBLISHED.values()]
    begun = cpu_of_children()
    done = subprocess.run([sys.executable, "-c", SCRIPT, *files], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    assert cpu_of_children() - begun < 2
    assert len(json.loads(done.stdout)) == 5
