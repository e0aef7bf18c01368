"""Codes and code systems, brought to the one spelling that lookups compare."""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

SNOMED: Final = "http://snomed.info/sct"
LOINC: Final = "http://loinc.org"
ICD10CM: Final = "http://hl7.org/fhir/sid/icd-10-cm"
ICD10: Final = "http://hl7.org/fhir/sid/icd-10"
ICD10GM: Final = "http://fhir.de/codesystem/bfarm/icd-10-gm"
ICD10PCS: Final = "http://www.cms.gov/medicare/coding/icd10"
ICD9CM: Final = "http://hl7.org/fhir/sid/icd-9-cm"
CPT: Final = "http://www.ama-assn.org/go/cpt"
RXNORM: Final = "http://www.nlm.nih.gov/research/umls/rxnorm"
ATC: Final = "http://www.whocc.no/atc"
RADLEX: Final = "http://radlex.org"
NUCC: Final = "http://nucc.org/provider-taxonomy"

PREFIX_SYSTEMS: Final = frozenset({ICD10CM, ICD10GM, ICD9CM, ATC})
"""The hierarchies written into the code itself: a shorter code holds the longer."""

_DOTTED: Final = frozenset({ICD10CM, ICD10GM, ICD9CM})

# Keys are lower case, http, without a trailing slash and without a version.
_ALIASES: Final = MappingProxyType(
    {
        "urn:oid:2.16.840.1.113883.6.96": SNOMED,
        "urn:oid:2.16.840.1.113883.6.1": LOINC,
        "urn:oid:2.16.840.1.113883.6.90": ICD10CM,
        "urn:oid:2.16.840.1.113883.6.3": ICD10CM,
        ICD10: ICD10CM,
        "http://hl7.org/fhir/sid/icd-10-us": ICD10CM,
        "http://hl7.org/fhir/sid/icd-10-uk": ICD10CM,
        "http://hl7.org/fhir/sid/icd-10-de": ICD10CM,
        ICD10GM: ICD10CM,
        "http://fhir.de/codesystem/dimdi/icd-10-gm": ICD10CM,
        "urn:oid:2.16.840.1.113883.6.4": ICD10PCS,
        "http://hl7.org/fhir/sid/icd-10-pcs": ICD10PCS,
        "urn:oid:2.16.840.1.113883.6.103": ICD9CM,
        "urn:oid:2.16.840.1.113883.6.2": ICD9CM,
        "http://hl7.org/fhir/sid/icd-9": ICD9CM,
        "http://www.ama-assn.org/go/cpt-4": CPT,
        "http://ama-assn.org/go/cpt": CPT,
        "http://www.ama-assn.org": CPT,
        "urn:oid:2.16.840.1.113883.6.12": CPT,
        # The first level of HCPCS is CPT, and senders name either.
        "http://www.cms.gov/medicare/coding/hcpcsreleasecodesets": CPT,
        "urn:oid:2.16.840.1.113883.6.14": CPT,
        "urn:oid:2.16.840.1.113883.6.285": CPT,
        "urn:oid:2.16.840.1.113883.6.88": RXNORM,
        "urn:oid:2.16.840.1.113883.6.73": ATC,
        "http://fhir.de/codesystem/bfarm/atc": ATC,
        "http://www.radlex.org": RADLEX,
        "http://radlex.org/rid": RADLEX,
        "http://www.radlex.org/rid": RADLEX,
        "urn:oid:2.16.840.1.113883.6.256": RADLEX,
        "urn:oid:2.16.840.1.113883.6.101": NUCC,
        "http://www.nucc.org/provider-taxonomy": NUCC,
    }
)

# National editions that have codes of their own where another has the same spelling.
_EDITIONS: Final = MappingProxyType(
    {
        ICD10GM: ICD10GM,
        "http://fhir.de/codesystem/dimdi/icd-10-gm": ICD10GM,
        "http://hl7.org/fhir/sid/icd-10-de": ICD10GM,
    }
)

# What a code without a system may be. A bare number of RxNorm says nothing, and
# V codes are status in ICD-9 but transport accidents in ICD-10: only those are read
# that end in the encounter, which ICD-9 does not know.
_SHAPES: Final = (
    (ATC, re.compile(r"[A-Z]\d\d[A-Z]{2}\d\d")),
    (ICD10CM, re.compile(r"(?!V)[A-Z]\d[0-9A-Z](\.[0-9A-Z]{1,4}|[0-9A-Z]{0,4})")),
    (ICD10CM, re.compile(r"V\d[0-9A-Z]\.?[0-9A-Z]{3}[ADS]")),
    (ICD9CM, re.compile(r"\d{3}\.\d{1,2}")),
    (LOINC, re.compile(r"\d{1,7}-\d")),
    (SNOMED, re.compile(r"\d{6,18}")),
    (CPT, re.compile(r"\d{5}")),
    (NUCC, re.compile(r"\d{3}[0-9A-Z]{6}X")),
    (RADLEX, re.compile(r"RID\d+")),
)

_CATEGORY: Final = 3
_MARKS: Final = " .-*+†!"


@dataclass(frozen=True, slots=True)
class Coding:
    """A code in a code system.

    The display is for people: nothing compares it.
    """

    system: str
    code: str
    display: str = ""


# What takes no room and means nothing in a code: zero-width spaces and joiners, soft
# hyphens, marks of direction and of byte order.
_UNSEEN = dict.fromkeys(
    (
        0xAD,
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2070),
        0xFEFF,
    )
)


def bare(text: str) -> str:
    """Take blanks off both ends, and out of it whatever cannot be seen."""
    return (text if text.isascii() else text.translate(_UNSEEN)).strip()


def canonical_system(uri: str) -> str:
    """Return the one address of a code system for the many in use.

    Known are the object identifiers, https, a trailing slash, capitals, a version
    after `|`, and the editions of SNOMED CT. ICD-10 of the WHO and its national
    editions read as ICD-10-CM: their categories agree. An address that is not
    known comes back in lower case and without decoration.
    """
    plain = _plain(uri)
    if plain.startswith(SNOMED + "/"):
        return SNOMED
    return _ALIASES.get(plain, plain)


def edition_of(uri: str) -> str:
    """Return the national edition that an address names, else nothing.

    Its categories are those of `canonical_system`. Below them the same code may mean
    something else, and what a value set says of the edition outweighs the rest.
    """
    return _EDITIONS.get(_plain(uri), "")


def _plain(uri: str) -> str:
    plain = bare(uri.partition("|")[0]).lower().rstrip("/")
    return plain.replace("https://", "http://", 1)


def canonical_code(system: str, code: str) -> str:
    """Return a code as the value sets spell it; `system` is a canonical address.

    Capitals, no outer blanks; ICD codes get their dot back and lose the marks
    that some countries hang on them (`M49.0*`, `M54.-`).
    """
    plain = bare(code).upper()
    if system not in _DOTTED:
        return plain
    plain = "".join(plain.rstrip(_MARKS).replace(".", "").split())
    # An external cause of ICD-9 is E and three digits, all else has three signs.
    external_cause = system == ICD9CM and plain.startswith("E")
    stem = _CATEGORY + 1 if external_cause else _CATEGORY
    return f"{plain[:stem]}.{plain[stem:]}" if len(plain) > stem else plain


def system_like(code: str) -> str:
    """Return the system that a code without one has the shape of, else nothing."""
    plain = bare(code).upper()
    return next((system for system, shape in _SHAPES if shape.fullmatch(plain)), "")
