"""What a participant makes with the tool that a lab opens."""

import asyncio
import re
from collections.abc import Awaitable, Callable

from khue.cli.simulation.player import Player
from khue.gateway.browser import Page

# the answers of one model come one after another, however many wait
PATIENCE_S = 3600.0
# how often one looks, every second, whether a file is read
LOOKS = 120
TABLE = re.compile(r"<code>([a-z]\w*)</code></p><ul class=\"small columns\"")
STREAM = re.compile(r'data-stream="([^"]+)"')


async def ask(who: Player, page: Page) -> None:
    """About what was read, until the answer stands there."""
    for _number in range(who.questions):
        heading = who.chance.choice(who.headings or ["dữ liệu cá nhân"])
        question = f"Tài liệu nói gì về “{heading}”?"
        page = await who.computer.submit(page, "ask: question", ending=page.path, more={"question": question})
        stream = STREAM.findall(page.text)
        if not stream:
            who.figures.fail("ask: question", f"no answer begins on {page.path}")
            return
        answer = await who.computer.get(stream[-1], "ask: answer", patience_s=PATIENCE_S)
        who.confirm("questions", "event: finished" in answer.text, "ask: answer", answer)


async def analyse(who: Player, page: Page) -> None:
    """A small table of one's own, and one statement on it."""
    rows = "".join(f"{name},{who.chance.randint(100, 900)}\n" for name in ("Hà Nội", "Huế", "Cần Thơ", "Lâm Đồng"))
    file = ("ho-so.csv", f"Tỉnh,Số hồ sơ\n{rows}".encode())
    typed = {"title": f"Hồ sơ {who.number}", "data_class": "0"}
    read = await who.computer.send_file(page, "data: bring", ending=page.path, field="file", file=file, more=typed)
    for _time in range(LOOKS):
        if read.forms("/ask/"):
            break
        await asyncio.sleep(1)
        read = await who.computer.get(read.path, "data: being read")
    sheet = await who.computer.submit(read, "data: worksheet", ending="/ask/")
    table = TABLE.findall(sheet.text)
    statement = {"sql": f"SELECT tinh, so_ho_so FROM {table[0]} ORDER BY so_ho_so DESC"} if table else {}  # noqa: S608
    done = await who.computer.submit(sheet, "data: own SQL", ending="/run/", more=statement)
    who.confirm("worksheets", done.has("section.step"), "data: own SQL", done)


async def draft(who: Player, page: Page) -> None:
    """A letter typed into the form, so that it waits for no model."""
    begin = {"type": "cong-van", "data_class": "0", "brief": ""}
    begun = await who.computer.submit(page, "draft: begin", ending=page.path, more=begin)
    typed = LETTER | {"revision": "0", "subject": f"thông báo về dữ liệu, lần {who.number}"}
    kept = await who.computer.submit(begun, "draft: type", ending="/save/", more=typed)
    who.confirm("drafts", kept.has("div.paper") and typed["subject"] in kept.text, "draft: type", kept)


PARAGRAPHS = (
    "Hôm qua, danh sách của xã đã bị gửi nhầm vào một nhóm trò chuyện. Xã đã yêu cầu gỡ danh sách ngay trong ngày.",
    "Danh sách có họ tên và thôn của các hộ, không có số giấy tờ và không có số điện thoại. Xã xin lỗi bà con.",
    "Bà con không cần làm thủ tục gì. Nếu có người lạ gọi hỏi thông tin, xin đừng trả lời và báo ngay cho xã.",
    "Xã đã đổi cách lưu danh sách, chỉ người được giao việc mới mở được, và sẽ báo lại kết quả kiểm tra cho từng hộ.",
    "Bà con cần hỏi thêm xin đến bộ phận một cửa của xã trong giờ làm việc, từ thứ Hai đến thứ Sáu.",
)
LETTER = {
    "agency": "Ủy ban nhân dân xã Đồng Vọng", "agency_code": "UBND", "unit": "VHXH", "place": "Đồng Vọng",
    "to": "Các hộ dân trong xã", "body": "\n".join(PARAGRAPHS), "signature_position": "Chủ tịch",
    "signature_name": "Trịnh Văn Quý", "recipients": "",
}  # fmt: skip


async def synthesise(who: Player, page: Page) -> None:
    """Reports of three communes: the tables are there within seconds, the merging is stopped, so that nobody waits for
    the model."""
    begin = await who.computer.get(f"{page.path}new/", "reports: page")
    typed = {"title": f"Tổng hợp ba xã {who.number}", "outline": OUTLINE, "expected": "", "data_class": "0"}
    first, *others = (_report(*commune) for commune in COMMUNES)
    made = await who.computer.send_file(
        begin, "reports: bring", ending=begin.path, field="brought", file=first, more=typed
    )
    for file in others:
        made = await who.computer.send_file(made, "reports: add", ending="/add/", field="brought", file=file)
    for _time in range(LOOKS):
        if all(name in made.text for name in RECEIVED):
            break
        await asyncio.sleep(1)
        made = await who.computer.get(made.path, "reports: being read")
    if made.forms("/stop/"):
        made = await who.computer.submit(made, "reports: stop", ending="/stop/")
    who.confirm("syntheses", all(name in made.text for name in RECEIVED), "reports: figures", made)


OUTLINE = "1. Kết quả giải quyết thủ tục hành chính\n2. Khó khăn, vướng mắc\n3. Kiến nghị"
# of a commune: received in words and in the table, late
COMMUNES = (
    ("An Hòa", "3.675", "3.675", "47"),
    ("Bến Thuyền", "3.420", "3.240", "75"),
    ("Cẩm Sơn", "1.610", "1.610", "19"),
)
RECEIVED = tuple(received for _name, _said, received, _late in COMMUNES)
REPORT = """ỦY BAN NHÂN DÂN XÃ {name}

BÁO CÁO

Kết quả giải quyết thủ tục hành chính 6 tháng đầu năm 2026 (xã minh họa, số liệu giả định)

## I. Kết quả giải quyết thủ tục hành chính

Trong kỳ, xã tiếp nhận {said} hồ sơ thủ tục hành chính.

| Chỉ tiêu | Đơn vị tính | 6 tháng đầu năm 2026 |
|---|---|---|
| Số hồ sơ tiếp nhận | Hồ sơ | {received} |
| Số hồ sơ quá hạn | Hồ sơ | {late} |

## II. Khó khăn, vướng mắc

Công chức phụ trách công nghệ thông tin của xã còn thiếu và phải kiêm nhiệm nhiều việc.

## III. Kiến nghị

Đề nghị Sở Nội vụ bổ sung một công chức công nghệ thông tin cho xã.
"""


def _report(name: str, said: str, received: str, late: str) -> tuple[str, bytes]:
    text = REPORT.format(name=name.upper(), said=said, received=received, late=late)
    return f"{name}.md", text.encode()


async def assist(who: Player, page: Page) -> None:
    """An assistant with a purpose and a source; its test would take the model from those who ask."""
    begun = await who.computer.submit(
        page, "assistants: begin", ending=page.path, more={"name": f"Trợ lý mô phỏng {who.number}"}
    )
    said = {"purpose": "Trả lời câu hỏi từ tài liệu của khóa học.", "audience": "Người tham gia khóa học."}
    sources = await who.computer.submit(begun, "assistants: purpose", ending="/purpose/", more=said)
    shelves = sources.form("/knowledge/").choices.get("collections", [])
    done = await who.computer.submit(
        sources, "assistants: sources", ending="/knowledge/", more={"collections": shelves[0]} if shelves else {}
    )
    who.confirm("assistants", done.path.endswith("/voice/"), "assistants: sources", done)


async def build(who: Player, page: Page) -> None:
    """A tool whose formula is found from its figures and examples, and one small wish: neither waits for the model."""
    told = {"idea": TOOL, "examples": "\n".join(TESTS), "pattern": "-", "language": "vi"}
    begun = await who.computer.submit(page, "prototypes: describe", ending="/new/", more=told)
    await _written(who, begun)
    wish = {"text": f"Đổi tên thành Giờ trực, lần {who.number}"}
    changed = await who.computer.submit(begun, "prototypes: wish", ending="/say/", more=wish)
    await _written(who, changed)


async def _written(who: Player, page: Page) -> None:
    stream = STREAM.findall(page.text)
    if not stream:
        who.figures.fail("prototypes: written", f"nothing begins on {page.path}")
        return
    answer = await who.computer.get(stream[-1], "prototypes: written", patience_s=PATIENCE_S)
    who.confirm("versions of tools", "data-version=" in answer.text, "prototypes: written", answer)


TOOL = """Công cụ nhỏ cho bộ phận một cửa của xã: tính số giờ trực và tiền bồi dưỡng trong tháng của một người.
Người dùng là trưởng bộ phận, nhập Số ca sáng (mỗi ca 4 giờ) và Số ca chiều (mỗi ca 5 giờ), thấy ngay Tổng số giờ trực.
Công cụ không hỏi tên ai, không gửi dữ liệu đi đâu, in được một tờ để dán ở sảnh."""
TESTS = (
    "Số ca sáng: 3, Số ca chiều: 0 → Tổng số giờ trực: 12",
    "Số ca sáng: 0, Số ca chiều: 4 → Tổng số giờ trực: 20",
    "Số ca sáng: 2, Số ca chiều: 2 → Tổng số giờ trực: 18",
)

# by the address at which a tool opens
TOOLS: dict[str, Callable[[Player, Page], Awaitable[None]]] = {
    "/work/ask/": ask,
    "/work/assistants/": assist,
    "/work/data/": analyse,
    "/work/drafts/": draft,
    "/work/reports/": synthesise,
    "/work/prototypes/": build,
}
