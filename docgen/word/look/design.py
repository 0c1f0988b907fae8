"""Gives a template the design of another file: styles, theme, numbering, headers, footers and page setup."""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from docgen.package import Package
from docgen.word.archive import opc
from docgen.word.archive.draft import Draft
from docgen.word.archive.ooxml import W, r, w
from docgen.word.look.restyle import restyle

_LOOKS = ("theme", "fontTable")
_REFERENCES = (w("headerReference"), w("footerReference"))
_SIZE, _MARGINS, _TITLE_PAGE, _SECTION = w("pgSz"), w("pgMar"), w("titlePg"), w("sectPr")
# Settings that decide how pages look; the rest (protection, tracking, notes) is the template's own.
_SETTINGS = (
    "mirrorMargins gutterAtTop defaultTabStop autoHyphenation consecutiveHyphenLimit hyphenationZone "
    "doNotHyphenateCaps evenAndOddHeaders themeFontLang clrSchemeMapping decimalSymbol listSeparator"
).split()
# ECMA-376 part 1, 17.15.1.78 and 17.6.17: the order in which Word wants the children of w:settings and w:sectPr.
_SETTINGS_ORDER = (
    "writeProtection view zoom removePersonalInformation removeDateAndTime doNotDisplayPageBoundaries "
    "displayBackgroundShape printPostScriptOverText printFractionalCharacterWidth printFormsData embedTrueTypeFonts "
    "embedSystemFonts saveSubsetFonts saveFormsData mirrorMargins alignBordersAndEdges bordersDoNotSurroundHeader "
    "bordersDoNotSurroundFooter gutterAtTop hideSpellingErrors hideGrammaticalErrors activeWritingStyle proofState "
    "formsDesign attachedTemplate linkStyles stylePaneFormatFilter stylePaneSortMethod documentType mailMerge "
    "revisionView trackRevisions doNotTrackMoves doNotTrackFormatting documentProtection autoFormatOverride "
    "styleLockTheme styleLockQFSet defaultTabStop autoHyphenation consecutiveHyphenLimit hyphenationZone "
    "doNotHyphenateCaps showEnvelope summaryLength clickAndTypeStyle defaultTableStyle evenAndOddHeaders "
    "bookFoldRevPrinting bookFoldPrinting bookFoldPrintingSheets drawingGridHorizontalSpacing "
    "drawingGridVerticalSpacing displayHorizontalDrawingGridEvery displayVerticalDrawingGridEvery "
    "doNotUseMarginsForDrawingGridOrigin drawingGridHorizontalOrigin drawingGridVerticalOrigin doNotShadeFormData "
    "noPunctuationKerning characterSpacingControl printTwoOnOne strictFirstAndLastChars noLineBreaksAfter "
    "noLineBreaksBefore savePreviewPicture doNotValidateAgainstSchema saveInvalidXml ignoreMixedContent "
    "alwaysShowPlaceholderText doNotDemarcateInvalidXml saveXmlDataOnly useXSLTWhenSaving saveThroughXslt "
    "showXMLTags alwaysMergeEmptyNamespace updateFields hdrShapeDefaults footnotePr endnotePr compat docVars rsids "
    "mathPr attachedSchema themeFontLang clrSchemeMapping doNotIncludeSubdocsInStats doNotAutoCompressPictures "
    "forceUpgrade captions readModeInkLockDown smartTagType schemaLibrary shapeDefaults doNotEmbedSmartTags "
    "decimalSymbol listSeparator"
).split()
# w:settings has two children of other namespaces in the middle: m:mathPr and sl:schemaLibrary.
_ORDERED = (
    W,
    "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "http://schemas.openxmlformats.org/schemaLibrary/2006/main",
)
_SECTION_ORDER = (
    "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType cols "
    "formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings sectPrChange"
).split()


def apply_design(template: Package, design: Package) -> Package:
    """The template in the design of another Word file; its text and tags are unchanged.

    Page size, margins, headers and footers are those of the design's last section of the same orientation.
    """
    main, model = opc.main_part(template), opc.main_part(design)
    draft = Draft(template)
    restyle(draft, main, template, design)
    for kind in _LOOKS:
        part = opc.related(design, model, kind)
        if part:
            draft.drop(main, kind)
            draft.relate(main, kind, draft.copy(design, part))
    _apply_settings(draft, main, design, model)
    _apply_sections(draft, main, design, model)
    return draft.finish()


def _apply_settings(draft: Draft, main: str, design: Package, model: str) -> None:
    theirs = opc.related(design, model, "settings")
    ours = draft.related(main, "settings")
    if theirs and not ours:
        draft.relate(main, "settings", draft.copy(design, theirs))
        return
    if not theirs:
        return
    root = draft.root(ours)
    wanted = opc.root_of(design, theirs)
    for name in _SETTINGS:
        for old in root.findall(w(name)):
            root.remove(old)
        for new in wanted.findall(w(name)):
            _insert(root, deepcopy(new), _SETTINGS_ORDER)


def _apply_sections(draft: Draft, main: str, design: Package, model: str) -> None:
    models = {_landscape(section): section for section in opc.root_of(design, model).iter(_SECTION)}
    if not models:
        return
    root = draft.root(main)
    for kind in ("header", "footer"):
        draft.drop(main, kind)
    known = {one.id: one.part for one in opc.relationships(design, model)}
    copied: dict[str, str] = {}
    for number, section in enumerate(_sections(root)):
        wide = _landscape(section)
        chosen = models.get(wide)
        turned = chosen is None
        if chosen is None:
            chosen = models[not wide]
        for name in (*_REFERENCES, _SIZE, _MARGINS):
            for old in section.findall(name):
                section.remove(old)
        for reference in chosen.iterchildren(*_REFERENCES):
            part = known.get(reference.get(r("id"), ""), "")
            if part in design:
                if part not in copied:
                    kind = "header" if reference.tag == _REFERENCES[0] else "footer"
                    copied[part] = draft.relate(main, kind, draft.copy(design, part))
                new = deepcopy(reference)
                new.set(r("id"), copied[part])
                _insert(section, new, _SECTION_ORDER)
        _set_page(section, chosen, turned=turned)
        _set_title_page(section, chosen, first=number == 0)


def _sections(root: etree._Element) -> list[etree._Element]:
    """The sections of a document in order; a body without one gets one."""
    body = root.find(w("body"))
    if body is not None and body.find(_SECTION) is None:
        etree.SubElement(body, _SECTION)
    return list(root.iter(_SECTION))


def _landscape(section: etree._Element) -> bool:
    size = section.find(_SIZE)
    return size is not None and size.get(w("orient")) == "landscape"


def _set_page(section: etree._Element, model: etree._Element, *, turned: bool) -> None:
    """Page size and margins of `model`; turned a quarter when the section lies the other way."""
    for name in (_SIZE, _MARGINS):
        found = model.find(name)
        if found is not None:
            new = deepcopy(found)
            if turned:
                _turn(new)
            _insert(section, new, _SECTION_ORDER)


def _turn(element: etree._Element) -> None:
    if element.tag == _SIZE:
        width, height = element.get(w("w"), ""), element.get(w("h"), "")
        element.set(w("w"), height)
        element.set(w("h"), width)
        if element.get(w("orient")) == "landscape":
            del element.attrib[w("orient")]
        else:
            element.set(w("orient"), "landscape")
        return
    # as Word turns a page: the top margin of an upright page is the left one of a lying page
    sides = [w(side) for side in ("top", "right", "bottom", "left")]
    values = [element.get(side, "0") for side in sides]
    for side, value in zip(sides, (*values[1:], values[0]), strict=True):
        element.set(side, value)


def _set_title_page(section: etree._Element, model: etree._Element, *, first: bool) -> None:
    """A first page of its own kind, where the design has one: at the beginning of the document only."""
    if not first:
        return
    for old in section.findall(_TITLE_PAGE):
        section.remove(old)
    found = model.find(_TITLE_PAGE)
    if found is not None:
        _insert(section, deepcopy(found), _SECTION_ORDER)


def _insert(parent: etree._Element, child: etree._Element, order: list[str]) -> None:
    """Puts `child` where the standard's order has it, after others of its name."""
    rank = _rank(child, order)
    at = next((index for index, one in enumerate(parent) if _rank(one, order) > rank), len(parent))
    parent.insert(at, child)


def _rank(element: etree._Element, order: list[str]) -> int:
    """The place of an element in the standard's order; extensions, such as w14:docId, come after all of it."""
    name = etree.QName(element)
    known = name.namespace in _ORDERED and name.localname in order
    return order.index(name.localname) if known else len(order)
