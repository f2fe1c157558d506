"""The child's side of drawing."""

import base64
import json
import sys
from typing import Any

from khue.kernel import child


def answer(request: dict[str, Any]) -> dict[str, Any]:
    import vl_convert

    try:
        chart, locale = json.loads(request["spec"]), request["locale"]
        if request["as"] == "png":
            drawn = vl_convert.vegalite_to_png(chart, scale=2, allowed_base_urls=[], format_locale=locale)
            return {"drawn": base64.b64encode(drawn).decode()}
        return {"drawn": vl_convert.vegalite_to_svg(chart, allowed_base_urls=[], format_locale=locale)}
    except Exception as problem:  # whatever is wrong with a chart is said, and the next one is drawn
        return {"fault": str(problem)[:300]}


if __name__ == "__main__":
    child.shut_in(memory=int(sys.argv[1]), files=256)
    child.serve(answer)
