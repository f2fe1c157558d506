"""A small schema: applications of a one-stop shop, with a column of names."""

from khue.domains.analysis.profile import ColumnProfile, TableProfile
from khue.domains.analysis.sql.schema import Schema


def column(
    name: str, kind: str, role: str, title: str = "", values: tuple[str, ...] = (), **more: object
) -> ColumnProfile:
    counted = tuple((value, 5) for value in values)
    facts = {"distinct": len(values), "values_complete": bool(values), **more}
    return ColumnProfile(name, title or name, kind, role, values=counted, **facts)  # type: ignore[arg-type]


COLUMNS = (
    column("tinh", "text", "place", "Tỉnh", ("Hà Nội", "Huế", "TP. Hồ Chí Minh")),
    column("linh_vuc", "text", "category", "Lĩnh vực", ("Đất đai", "Hộ tịch")),
    column("nam", "integer", "time", "Năm"),
    column("so_ngay", "integer", "measure", "Số ngày giải quyết"),
    column("dung_han", "boolean", "category", "Đúng hạn"),
    column("ho_ten", "text", "identifier", "Họ tên", personal=("person",)),
)
SCHEMA = Schema.of([("ho_so", "Hồ sơ", TableProfile(100, COLUMNS).as_json())])
