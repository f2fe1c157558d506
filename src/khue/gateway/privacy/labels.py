"""Words that say what the number, date or place beside them is; plain letters. None: some other number."""

from khue.gateway.privacy.findings import Kind
from khue.gateway.privacy.words import Lexicon

SAYS: dict[Kind | None, str] = {
    Kind.CCCD: """
        cccd, căn cước công dân, căn cước, số căn cước, thẻ căn cước, số định danh cá nhân, số định danh, mã định danh,
        mã định danh cá nhân, định danh cá nhân, đdcn, số cc, thẻ cc, giấy tờ tùy thân, identity card, identity number,
        citizen id, citizen identity, citizen identification, id card, id number, id no, national id, identity document,
        personal identification number, personal id, carte d'identité, carte nationale d'identité, numéro d'identité,
        numéro d'identification personnel, numéro d'identification, pièce d'identité, cni, identification number""",
    Kind.CMND: "cmnd, chứng minh nhân dân, chứng minh thư, cmt, cmtnd, số chứng minh, cmtnd số, giấy cmnd, giấy cmt",
    Kind.TAX_CODE: """
        mst, mã số thuế, mã thuế, mã số thuế cá nhân, mã số doanh nghiệp, msdn, mstcn, msthuế, tax code, tax id, tax number,
        tax identification number, taxpayer identification number, tin no, code fiscal, numéro fiscal, identifiant fiscal,
        numéro d'identification fiscale, matricule fiscal""",
    Kind.SOCIAL_INSURANCE: """
        bhxh, bảo hiểm xã hội, mã số bhxh, mã số bảo hiểm xã hội, số bhxh, số sổ bhxh, sổ bhxh, sổ bảo hiểm xã hội,
        sổ bảo hiểm, số sổ bảo hiểm, social insurance, social insurance number, social insurance book,
        assurance sociale, numéro d'assurance sociale, sécurité sociale""",
    Kind.HEALTH_INSURANCE: """
        bhyt, bảo hiểm y tế, thẻ bhyt, thẻ bảo hiểm y tế, số thẻ bhyt, mã thẻ bhyt, số thẻ bảo hiểm y tế, mã thẻ bảo hiểm y tế,
        thẻ bảo hiểm, health insurance, health insurance card, health insurance number, assurance maladie,
        carte d'assurance maladie""",
    Kind.PASSPORT: "hộ chiếu, số hộ chiếu, passport, passport number, passport no, passeport, numéro de passeport",
    Kind.DRIVING_LICENCE: """
        gplx, giấy phép lái xe, bằng lái, bằng lái xe, số gplx, driving licence, driving license, driver's license,
        drivers license, driver's licence, driver license, driver licence, permis de conduire, numéro de permis""",
    Kind.PHONE: """
        điện thoại, số điện thoại, đt, sđt, sdt, đtdđ, dtdd, di động, số máy, hotline, tel, telephone, phone, mobile, cell,
        cellphone, zalo, viber, whatsapp, fax, số liên lạc, liên lạc, liên hệ, gọi, gọi số, call, téléphone, tél, portable,
        đường dây nóng, phone number, alo, dđ, nhắn tin, text me, appeler, joindre, joignable, contact number, mob, sms, reach""",
    Kind.BANK_ACCOUNT: """
        số tài khoản, tài khoản, stk, tk, tài khoản số, tk số, số tk, tài khoản ngân hàng, bank account, account number,
        account no, account, acct, compte, numéro de compte, compte bancaire, compte n, iban, rib, chuyển khoản""",
    Kind.CARD: """
        số thẻ, thẻ tín dụng, thẻ ngân hàng, thẻ atm, thẻ visa, visa, mastercard, thẻ ghi nợ, thẻ napas, napas, số thẻ atm,
        card number, credit card, debit card, bank card, payment card, carte bancaire, carte de crédit, numéro de carte,
        carte bleue, thẻ thanh toán, card no""",
    Kind.PLATE: """
        biển số, biển số xe, bks, biển kiểm soát, biển đăng ký, license plate, licence plate, number plate, plate number,
        plate, registration plate, vehicle registration, plaque, immatriculation, plaque d'immatriculation, immatriculé,
        immatriculée, xe, xe máy, ô tô, xe ô tô, xe con, xe tải, mô tô, motorbike, car, vehicle, véhicule, voiture, moto""",
    None: """
        số hiệu, mã hồ sơ, số hồ sơ, hồ sơ, hồ sơ số, số biên nhận, mã biên nhận, biên nhận, quyết định số, quyết định,
        công văn số, công văn, văn bản số, văn bản, thông tư, nghị định, nghị quyết, luật số, mã thủ tục, mã tthc, tthc,
        thủ tục, số tiền, tổng số tiền, số seri, seri, serial, sê-ri, hóa đơn, hoá đơn, hóa đơn số, số hóa đơn,
        mã đơn hàng, đơn hàng, biên lai, số quyết định, giấy phép số, số giấy phép, giấy phép kinh doanh, số đăng ký,
        gcn, giấy chứng nhận, giấy chứng nhận số, số thửa, thửa đất, thửa, tờ bản đồ, mã vạch, mã vận đơn, vận đơn,
        mã giao dịch, số giao dịch, giao dịch, mã tra cứu, mã tham chiếu, mã lô, số lô, lô, số khung, số vào sổ, vào sổ,
        hợp đồng, hợp đồng số, số hợp đồng, mã dự án, mã tài liệu, mã sản phẩm, mã bưu chính, mã chương trình, mã tin,
        mã phiên, mã số tài liệu, phiếu, số phiếu, mã phiếu, mã kiện hàng, mã gói thầu, gói thầu, tbmt, mã định mức,
        kinh phí, vốn, dự toán, ngân sách, dân số, doanh thu, giá trị, tổng, số lượng, diện tích, doanh số, tổng mức,
        thẻ đảng viên, thẻ nhà báo, số thẻ nhà báo, số thẻ thư viện, thẻ thư viện, số công chứng, công chứng, mã số hồ sơ,
        mã học viên, mã sinh viên, msv, mã cán bộ, mã nhân viên, mã khách hàng, mã công trình, công tơ, mã điểm đo,
        isbn, issn, doi, invoice, invoice number, order, order number, case, case number, case no, file no, file number,
        reference, ref, reference number, dossier, numéro de dossier, facture, numéro de facture, commande, tracking,
        numéro de commande, tracking number, ticket, receipt, receipt number, barcode, serial number, contract, contract no,
        budget, population, amount, montant, total, procedure, procedure code, code de procédure, référence, décret, arrêté,
        decree, circular, decision, document number, document no, document, numéro de série, contrat, version, article,
        parcel, parcelle, tender, batch, lot, recette, chiffre d'affaires, colis, suivi, marché, sku, model, modèle, bdgt""",
}  # fmt: skip

LABELS: Lexicon[Kind | None] = Lexicon(
    {phrase.strip(): kind for kind, phrases in SAYS.items() for phrase in phrases.split(",")}
)
