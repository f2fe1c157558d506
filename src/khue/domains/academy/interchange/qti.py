"""QTI packages: a ZIP with a manifest, a test and one file for each item; a single item's XML is read too."""

import io
import zipfile
from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Any, Literal

from lxml import etree

from khue.domains.academy.interchange import qti_reading, qti_writing
from khue.domains.academy.interchange.paper import Collected, Paper, Problem, Read, Refused
from khue.domains.academy.interchange.qti_names import V3, V21, as_v3, as_v21, version_of
from khue.domains.academy.interchange.secure import document, package
from khue.domains.academy.quizzing.draws import Section
from khue.domains.academy.quizzing.notation import BadItem

Node = Any  # an element of lxml, which has no types
Version = Literal["2.1", "3.0"]
SCHEMAS = {
    "2.1": (V21, "http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd"),
    "3.0": (V3, "https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqti_asiv3p0_v1p0.xsd"),
}
MANIFESTS = {
    "2.1": ("http://www.imsglobal.org/xsd/imscp_v1p1", "QTIv2.1 Package", "1.0.0", "xmlv2p1"),
    "3.0": ("http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1", "QTI Package", "3.0.0", "xmlv3p0"),
}
LOM = "http://ltsc.ieee.org/xsd/LOM"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
# the same paper is the same file, byte for byte
EPOCH = (2000, 1, 1, 0, 0, 0)


def write(paper: Paper, version: Version) -> bytes:
    files = {
        "imsmanifest.xml": _octets(_manifest(paper, version)),
        "assessment.xml": _qti(qti_writing.test(paper), version),
    }
    for item in paper.items:
        files[f"items/{item.key}.xml"] = _qti(qti_writing.item(item, paper.language), version)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, octets in files.items():
            archive.writestr(zipfile.ZipInfo(name, EPOCH), octets, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _qti(root: Node, version: Version) -> bytes:
    root = as_v3(root) if version == "3.0" else root
    root.set(f"{{{XSI}}}schemaLocation", " ".join(SCHEMAS[version]))
    etree.cleanup_namespaces(root, keep_ns_prefixes=["xsi"], top_nsmap={"xsi": XSI})
    return _octets(root)


def _octets(root: Node) -> bytes:
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True))


def _manifest(paper: Paper, version: Version) -> Node:
    space, schema, schema_version, kind = MANIFESTS[version]

    def add(parent: Node, name: str, text: str = "", **attributes: str) -> Node:
        node = etree.SubElement(parent, f"{{{space}}}{name}", **attributes)
        node.text = text or None
        return node

    root = etree.Element(f"{{{space}}}manifest", nsmap={None: space}, identifier="quiz-package")
    metadata = add(root, "metadata")
    add(metadata, "schema", schema)
    add(metadata, "schemaversion", schema_version)
    add(root, "organizations")
    resources = add(root, "resources")
    test = add(resources, "resource", identifier="quiz-test", type=f"imsqti_test_{kind}", href="assessment.xml")
    add(test, "file", href="assessment.xml")
    for item in paper.items:
        add(test, "dependency", identifierref=f"resource-{item.key}")
        path = f"items/{item.key}.xml"
        resource = add(resources, "resource", identifier=f"resource-{item.key}", type=f"imsqti_item_{kind}", href=path)
        if item.tags:
            _keywords(add(resource, "metadata"), item.tags, paper.language)
        add(resource, "file", href=path)
    return root


def _keywords(metadata: Node, tags: Iterable[str], language: str) -> None:
    lom = etree.SubElement(metadata, f"{{{LOM}}}lom", nsmap={None: LOM})
    general = etree.SubElement(lom, f"{{{LOM}}}general")
    for tag in tags:
        keyword = etree.SubElement(general, f"{{{LOM}}}keyword")
        etree.SubElement(keyword, f"{{{LOM}}}string", language=language).text = tag


# Reading ---------------------------------------------------------------------------------------


def read(octets: bytes, language: str) -> Read:
    """Of either version. A package, or the XML of one item."""
    if not octets.startswith(b"PK"):
        files = {"item.xml": octets}
        return _read(files, [("item.xml", [])], language)
    files = package(octets)
    manifest = next((name for name in files if PurePosixPath(name).name == "imsmanifest.xml"), None)
    if manifest is None:
        raise Refused("no_manifest")
    return _read(files, list(_listed(document(files[manifest]), PurePosixPath(manifest).parent)), language)


def _listed(manifest: Node, folder: PurePosixPath) -> Iterable[tuple[str, list[str]]]:
    """Paths of the items and tests, with their keywords."""
    for resource in manifest.iter("{*}resource"):
        if (resource.get("type") or "").startswith(("imsqti_item", "imsqti_test")) and resource.get("href"):
            tags = [
                node.text or ""
                for keyword in resource.iter("{*}keyword")
                for node in keyword.iter("{*}string", "{*}langstring")
            ]
            yield str(folder / str(resource.get("href"))), [tag.strip() for tag in tags if tag.strip()]


def _read(files: dict[str, bytes], listed: list[tuple[str, list[str]]], language: str) -> Read:
    found, keys, test = Collected(), {}, None
    for path, tags in listed:
        if path not in files:
            found.problems.append(Problem(path[:100], "missing_file"))
            continue
        root = document(files[path])
        version_of(root)
        root = as_v21(root)
        if root.tag == "assessmentTest":
            test = root
            continue
        try:
            read_item = qti_reading.item(root, tags, found, language)
        except BadItem as problem:
            found.problems.append(Problem(path[:100], problem.code, problem.detail))
        else:
            found.items.append(read_item)
            keys[PurePosixPath(path).name] = read_item.key
    return Read(_paper(test, found, keys, language), tuple(found.problems))


def _paper(test: Node | None, found: Collected, keys: dict[str, str], language: str) -> Paper:
    items = tuple(found.items)
    if test is None:
        return Paper("", items, language)
    limit = test.find(".//timeLimits")
    seconds = int(float(limit.get("maxTime") or 0)) if limit is not None else 0
    sections = tuple(_section(node, keys) for node in test.iter("assessmentSection"))
    whole = Section(keys=tuple(item.key for item in items))
    return Paper(test.get("title") or "", items, language, () if sections == (whole,) else sections, seconds)


def _section(node: Node, keys: dict[str, str]) -> Section:
    names = [PurePosixPath(reference.get("href") or "").name for reference in node.iterfind("assessmentItemRef")]
    selection, order = node.find("selection"), node.find("ordering")
    return Section(
        keys=tuple(keys[name] for name in names if name in keys),
        draw=int(selection.get("select") or 0) if selection is not None else 0,
        shuffled=order is not None and order.get("shuffle") == "true",
    )
