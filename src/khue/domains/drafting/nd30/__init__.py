"""Administrative documents as Decree 30/2020/NĐ-CP has them: types, cells, layout, DOCX, PDF, checks. Plain Python."""
