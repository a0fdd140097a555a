"""PDFs written by hand, so that anything can stand in them."""


def set_text(text, size=11, top=780):
    return f"BT /F1 {size} Tf 50 {top} Td ({text}) Tj ET"


def plain_pdf(*contents, box="0 0 595 842", **odd):
    """What each page draws, and the box of all pages.

    Other parts by their name: ``page``, ``resources``, ``stream`` and ``trailer`` add to these
    dictionaries, ``font``, ``length``, ``count`` and ``start`` stand instead of what is right,
    ``kids`` are further pages and ``things`` further objects.
    """
    font = odd.get("font", "<</Type/Font/Subtype/Type1/BaseFont/Courier>>")
    things = ["<</Type/Catalog/Pages 2 0 R>>", "", font]
    kids = []
    for content in contents:
        kids.append(f"{len(things) + 1} 0 R")
        resources = f"/Resources<</Font<</F1 3 0 R>>{odd.get('resources', '')}>>"
        below = f"/Contents {len(things) + 2} 0 R{odd.get('page', '')}"
        things.append(f"<</Type/Page/Parent 2 0 R/MediaBox[{box}]{resources}{below}>>")
        length = odd.get("length", len(content))
        head = f"<</Length {length}{odd.get('stream', '')}>>"
        things.append(f"{head}\nstream\n{content}\nendstream")
    kids += odd.get("kids", [])
    things[1] = f"<</Type/Pages/Count {odd.get('count', len(kids))}/Kids[{' '.join(kids)}]>>"
    things += odd.get("things", [])
    body, places = "%PDF-1.4\n", []
    for number, thing in enumerate(things, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{thing}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    count = len(things) + 1
    head = f"xref\n0 {count}\n0000000000 65535 f \n"
    start = odd.get("start", len(body))
    tail = f"trailer<</Size {count}/Root 1 0 R{odd.get('trailer', '')}>>\nstartxref\n{start}\n%%EOF"
    return (body + head + table + tail).encode("latin-1")
