"""Words that builders put into tools, in the three languages of tools."""

from khue.domains.prototypes.patterns.shape import Texts


def _(vi: str, en: str, fr: str) -> Texts:
    return {"vi": vi, "en": en, "fr": fr}


ADD = _("Thêm", "Add", "Ajouter")
AMOUNT = _("Số tiền", "Amount", "Montant")
APPLICANT = _("Người nộp", "Applicant", "Demandeur")
BOOK = _("Đặt phòng", "Book", "Réserver")
CATEGORY = _("Khoản mục", "Category", "Catégorie")
CODE = _("Mã hồ sơ", "File number", "Numéro de dossier")
CONTENT = _("Nội dung", "Content", "Objet")
DAY = _("Ngày", "Day", "Jour")
DETAIL = _("Diễn giải", "Description", "Libellé")
DUE = _("Hạn trả", "Due", "Échéance")
EACH = _("{} mỗi {}", "{} per {}", "{} par {}")
ENTRIES = _("Danh sách", "Entries", "Liste")
FEE = _("Phí", "Fee", "Frais")
FROM = _("Từ giờ", "From", "De")
GRADE = _("Xếp loại", "Grade", "Mention")
HOST = _("Gặp ai", "To see", "Personne visitée")
KIND = _("Loại", "Kind", "Type")
LATE = _("Quá hạn", "Late", "En retard")
LEFT = _("Còn lại", "Left", "Reste")
NAME = _("Họ và tên", "Full name", "Nom et prénom")
NOT_SET = _("Chưa đủ điều kiện", "Not eligible", "Conditions non remplies")
OPEN = _("Đang xử lý", "Open", "En cours")
OUT_OF = _("trên {}", "out of {}", "sur {}")
PAYER = _("Người nộp tiền", "Paid by", "Payé par")
PEOPLE = _("Người làm", "Who", "Responsable")
PHONE = _("Số điện thoại", "Phone", "Téléphone")
PRESENT = _("Có mặt đủ", "Everybody is here", "Tout le monde est là")
ABSENT = _("Vắng", "Absent", "Absents")
PURPOSE = _("Mục đích", "Purpose", "Motif")
QUANTITY = _("Số lượng", "Quantity", "Quantité")
RECEIVED = _("Ngày nhận", "Received", "Reçu le")
RESULT = _("Kết quả", "Result", "Résultat")
ROOM = _("Phòng", "Room", "Salle")
SAVE = _("Ghi vào sổ", "Record", "Enregistrer")
SENDER = _("Người gửi", "Sender", "Expéditeur")
SPENT = _("Đã chi", "Spent", "Dépensé")
STATUS = _("Tình trạng", "Status", "État")
TAKEN = _(
    "Phòng đã có người đặt trong giờ này.", "The room is taken at this time.", "La salle est prise à cette heure."
)
TASK = _("Việc", "Task", "Tâche")
TO = _("Đến giờ", "Until", "À")
TOPIC = _("Lĩnh vực", "Topic", "Domaine")
TOTAL = _("Tổng", "Total", "Total")
TOTAL_ENTRIES = _("Tổng số", "In all", "En tout")
UNTIL_FIRST = _(
    "Giờ kết thúc phải sau giờ bắt đầu.", "The end must come after the beginning.", "La fin doit suivre le début."
)
WHO_BOOKS = _("Người đặt", "Booked by", "Réservé par")
IN_WORDS = _("Bằng chữ", "", "")
ELIGIBLE = _("Đủ điều kiện", "Eligible", "Conditions remplies")
SEND_TO = _(
    "Chuyển đến: {}. Hạn trả lời: {} ngày làm việc.",
    "Send to: {}. Answer within {} working days.",
    "Transmettre à : {}. Réponse sous {} jours ouvrables.",
)
HERE = _("Đang ở cơ quan", "In the building", "Dans le bâtiment")
GONE = _("Đã ra về", "Left", "Parti")
PAYS_FOR = _("Danh mục", "Items", "Articles")
DATE_PLACE = _("Người thu tiền ký, ghi rõ họ tên", "Cashier’s signature and name", "Signature et nom du caissier")
YES = _("Có", "Yes", "Oui")
NO = _("Không", "No", "Non")
