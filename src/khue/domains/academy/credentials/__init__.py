"""Open Badges 3.0 on W3C Verifiable Credentials 2.0: built, signed, checked. Plain Python; nothing is ever fetched."""
