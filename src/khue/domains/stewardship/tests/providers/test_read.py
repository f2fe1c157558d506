"""Where models run, as a steward sees it."""


def test_models_page_says_what_does_not_answer(client, cast, settings):
    settings.KHUE_MODEL = "none"
    client.force_login(cast.giang)
    text = client.get("/govern/models/", headers={"accept-language": "en"}).content.decode()
    assert "KHUE_MODEL=local" in text
