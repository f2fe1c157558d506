"""Words that builders put into tools, in the three languages of tools."""

from khue.domains.prototypes.patterns.shape import Texts


def said(vi: str, en: str, fr: str) -> Texts:
    return {"vi": vi, "en": en, "fr": fr}


ADD = said("Thêm", "Add", "Ajouter")
AMOUNT = said("Số tiền", "Amount", "Montant")
APPLICANT = said("Người nộp", "Applicant", "Demandeur")
BOOK = said("Đặt phòng", "Book", "Réserver")
CATEGORY = said("Khoản mục", "Category", "Catégorie")
CODE = said("Mã hồ sơ", "File number", "Numéro de dossier")
CONTENT = said("Nội dung", "Content", "Objet")
DAY = said("Ngày", "Day", "Jour")
DETAIL = said("Diễn giải", "Description", "Libellé")
DUE = said("Hạn trả", "Due", "Échéance")
EACH = said("{} mỗi {}", "{} per {}", "{} par {}")
ENTRIES = said("Danh sách", "Entries", "Liste")
FEE = said("Phí", "Fee", "Frais")
FROM = said("Từ giờ", "From", "De")
GRADE = said("Xếp loại", "Grade", "Mention")
HOST = said("Gặp ai", "To see", "Personne visitée")
KIND = said("Loại", "Kind", "Type")
LATE = said("Quá hạn", "Late", "En retard")
LEFT = said("Còn lại", "Left", "Reste")
NAME = said("Họ và tên", "Full name", "Nom et prénom")
NOT_SET = said("Chưa đủ điều kiện", "Not eligible", "Conditions non remplies")
OPEN = said("Đang xử lý", "Open", "En cours")
OUT_OF = said("trên {}", "out of {}", "sur {}")
PAYER = said("Người nộp tiền", "Paid by", "Payé par")
PEOPLE = said("Người làm", "Who", "Responsable")
PHONE = said("Số điện thoại", "Phone", "Téléphone")
PRESENT = said("Có mặt đủ", "Everybody is here", "Tout le monde est là")
ABSENT = said("Vắng", "Absent", "Absents")
PURPOSE = said("Mục đích", "Purpose", "Motif")
QUANTITY = said("Số lượng", "Quantity", "Quantité")
RECEIVED = said("Ngày nhận", "Received", "Reçu le")
RESULT = said("Kết quả", "Result", "Résultat")
ROOM = said("Phòng", "Room", "Salle")
SAVE = said("Ghi vào sổ", "Record", "Enregistrer")
SENDER = said("Người gửi", "Sender", "Expéditeur")
SPENT = said("Đã chi", "Spent", "Dépensé")
STATUS = said("Tình trạng", "Status", "État")
TAKEN = said(
    "Phòng đã có người đặt trong giờ này.", "The room is taken at this time.", "La salle est prise à cette heure."
)
TASK = said("Việc", "Task", "Tâche")
TO = said("Đến giờ", "Until", "À")
TOPIC = said("Lĩnh vực", "Topic", "Domaine")
TOTAL = said("Tổng", "Total", "Total")
TOTAL_ENTRIES = said("Tổng số", "In all", "En tout")
UNTIL_FIRST = said(
    "Giờ kết thúc phải sau giờ bắt đầu.", "The end must come after the beginning.", "La fin doit suivre le début."
)
WHO_BOOKS = said("Người đặt", "Booked by", "Réservé par")
IN_WORDS = said("Bằng chữ", "", "")
ELIGIBLE = said("Đủ điều kiện", "Eligible", "Conditions remplies")
SEND_TO = said(
    "Chuyển đến: {}. Hạn trả lời: {} ngày làm việc.",
    "Send to: {}. Answer within {} working days.",
    "Transmettre à : {}. Réponse sous {} jours ouvrables.",
)
HERE = said("Đang ở cơ quan", "In the building", "Dans le bâtiment")
GONE = said("Đã ra về", "Left", "Parti")
PAYS_FOR = said("Danh mục", "Items", "Articles")
DATE_PLACE = said("Người thu tiền ký, ghi rõ họ tên", "Cashier’s signature and name", "Signature et nom du caissier")
YES = said("Có", "Yes", "Oui")
NO = said("Không", "No", "Non")
