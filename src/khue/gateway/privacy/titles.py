"""Words before a name: who is meant, or that no person is meant; as written, small letters."""

from khue.gateway.privacy.words import Lexicon

# a single given name may follow: chị Hoa
FAMILIAR = "ông bà anh chị em cô chú bác cháu cụ thầy dì cậu mợ thím ngài mr mrs ms miss mme mlle monsieur madame"
FORMAL = """
đồng chí, đ/c, bị cáo, bị can, nguyên đơn, bị đơn, luật sư, thẩm phán, bác sĩ, bs, tiến sĩ, ts, thạc sĩ, ths, giáo sư, gs,
pgs, pgs ts, kỹ sư, ks, cử nhân, giám đốc, phó giám đốc, chủ tịch, phó chủ tịch, trưởng phòng, phó trưởng phòng, trưởng ban,
phó trưởng ban, bí thư, phó bí thư, cán bộ, công chức, viên chức, chuyên viên, học viên, sinh viên, học sinh, thí sinh, người khai,
người nộp đơn, người nộp, người ký, người lập, người lập biểu, người làm đơn, người viết đơn, người yêu cầu, người nhận,
người gửi, người mua, người bán, người bị hại, nạn nhân, người mất, người liên hệ, chủ hộ, chủ tài khoản, chủ sở hữu, chủ xe,
bệnh nhân, tài xế, lái xe, nhân viên, giáo viên, giảng viên, thượng úy, trung úy, đại úy, thiếu tá, trung tá, thượng tá, đại tá,
thiếu úy, công dân, vợ, chồng, vợ là, chồng là, con là, con trai, con gái, mẹ, cha, bố, mẹ là, cha là, bố là, mang tên, đứng tên,
tên là, tên tôi là, tôi tên là, tôi tên, tôi là, em tên là, em là, cháu tên là, mình là, người đại diện, đại diện, đại diện là,
thừa kế, người thừa kế, con trai là, con gái là, em trai, em gái, anh trai, chị gái, kế toán, thủ quỹ, thư ký, trưởng thôn,
thanh tra viên, công chứng viên, chấp hành viên, điều tra viên, kiểm sát viên, hướng dẫn viên, chị ruột, anh ruột, em ruột,
dr, prof, professor, sir, doctor, my name is, signed by, i am, applicant, employee, patient, client, citizen, manager, officer, i'm,
je m'appelle, je soussigné, je soussignée, soussigné, soussignée, docteur, professeur, maître, signé par, maire, directeur, directrice,
dear, cher, chère, attn, regards, cordialement, trân trọng, kính thư, spouse, wife, husband, son, daughter, mother, father, named,
épouse, époux, fils, fille, mère, père, nommé, nommée, dénommé, bénéficiaire, beneficiary, account holder, titulaire, holder, tenant,
employé, employée, agent, lecturer, teacher, director, chairman, chairwoman, secretary, judge, lawyer, avocat, avocate, juge, nurse, passenger
"""
# a colon, a table or a line break may stand between
FIELD = """
họ và tên, họ tên, họ, chữ đệm và tên, họ và tên khai sinh, họ và tên cha, họ và tên mẹ, họ và tên vợ, họ và tên chồng,
họ tên cha, họ tên mẹ, tên chủ tài khoản, chủ tài khoản, người ký, người khai, người nộp đơn, người lập biểu, người liên hệ, tên,
họ tên người nộp, họ và tên người nộp, họ tên học viên, họ và tên học viên, đại diện, người đại diện, người nhận, người gửi,
name, full name, first name, last name, surname, family name, given name, given names, nom, prénom, nom et prénom, prénoms,
nom et prénoms, nom complet, nom de famille, applicant, applicant name, contact, contact person, beneficiary, bénéficiaire,
demandeur, signatory, signataire, titulaire, holder, account holder, name of applicant, patient, from, author, reported by, auteur
"""
# what bears a person's name without being one
THINGS = """
đường, phố, quận, huyện, xã, phường, thôn, ấp, làng, bản, xóm, khóm, buôn, khu, khu phố, tổ, tỉnh, thành phố, tp, thị xã, thị trấn, tx, tt,
trường, tiểu học, thcs, thpt, trung học cơ sở, trung học phổ thông, mầm non, mẫu giáo, đại học, cao đẳng, học viện, đh, bệnh viện, bv,
công ty, cty, tnhh, cổ phần, cp, doanh nghiệp, dntn, hợp tác xã, htx, tập đoàn, ngân hàng, quỹ, trung tâm, viện, nhà máy, nhà hàng, khách sạn,
cầu, chợ, công viên, hồ, sông, núi, suối, biển, vịnh, đèo, đảo, quần đảo, hang, động, đền, chùa, đình, miếu, nhà thờ, lăng, quảng trường,
giải, giải thưởng, huân chương, bảo tàng, nhà xuất bản, nxb, báo, tạp chí, đài, ga, sân bay, cảng, bến xe, bến, phà, ngõ, ngách, hẻm,
tư tưởng, phong cách, triều, thời, nhà, nước, tiếng, dân tộc, người dân tộc, rừng, vườn, vườn quốc gia, đại lộ, ngã tư, ngã ba, ngã năm, tượng đài,
thương hiệu, sữa, nước mắm, dự án, chung cư, tòa nhà, nhà văn hóa, nhà hát, sân vận động, nghĩa trang, khu đô thị, kđt, khu công nghiệp, kcn, cụm, đoàn,
học bổng, thư viện, câu lạc bộ, công trình, tàu, vùng, miền, xứ, phòng khám, nhà thuốc, tiệm, quán, cửa hàng, siêu thị, phủ, kho bạc, chi cục, văn phòng, vpcc,
street, road, avenue, school, university, hospital, company, bank, bridge, park, lake, river, mount, lycée, collège, école, université, hôpital,
rue, boulevard, place, quai, stade, aéroport, gare, pont, saint, sainte, fort, fondation, prix, musée, airport, foundation, award, prize, museum,
centre, center, institut, institute, province, city, district, ward, commune, village, hamlet, société, entreprise, banque, cimetière, parc, cours, allée,
impasse, chemin, route, square, villa, résidence, immeuble, station, mairie, bibliothèque, clinique, law, act, loi, storm, bão, cơn bão, operation, fonds
"""
# and after it
THINGS_AFTER = """
street, st, road, rd, avenue, ave, school, high, primary, university, hospital, company, bank, bridge, park, lake, river, airport,
foundation, award, prize, museum, district, ward, city, province, co, ltd, inc, llc, corp, group, corporation, sa, sarl, sas, jsc, boulevard, lane,
square, institute, college, stadium, market, act, law, law firm, fund, scholarship, memorial, theatre, library, station, hall, hotel, palace, trophy,
university, pagoda, temple, resort, commune, town, township, county, village, island, peninsula, sea, mountain, mountains, bay, model, method, theorem, effect
"""


def _phrases(listed: str) -> list[str]:
    return [phrase.strip() for phrase in listed.split(",") if phrase.strip()]


TITLES: Lexicon[str] = Lexicon(
    dict.fromkeys(_phrases(FIELD), "field")
    | dict.fromkeys(_phrases(FORMAL), "formal")
    | dict.fromkeys(FAMILIAR.split(), "familiar")
)
# folding makes "ba" of bà and of ba: in a text with marks the words must be these
EXACT_TITLES = frozenset(word for phrase in (*_phrases(FORMAL), *_phrases(FIELD), *FAMILIAR.split()) for word in phrase.split())
THING: Lexicon[bool] = Lexicon(dict.fromkeys(_phrases(THINGS), True))
THING_AFTER = frozenset(_phrases(THINGS_AFTER))
EXACT_THINGS = frozenset(word for phrase in _phrases(THINGS) for word in phrase.split())
