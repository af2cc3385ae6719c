"""Which register numbers does a payee's name carry?"""

import re
from dataclasses import dataclass

from folkmoot.core.spend.reading.values.redaction import is_redacted

# NHS Shared Business Services writes UK, the company number and a site: BT plc (01800000) is UK0180000001.
_SITE_OF_COMPANY = re.compile(r"UK((?:\d\d|[A-Z]{2})\d{6})\d\d").fullmatch
_CODE_FIRST = re.compile(
    r"\s*([A-Z]{0,5}\d[A-Z0-9]{3,})\s*(?::|\s[-–|]\s)\s*(?=\S*[^\W\d])", re.ASCII | re.IGNORECASE
)
_CODE_LAST = re.compile(r"\s*:\s*([A-Z]{0,3}\d[A-Z0-9]{3,})\s*$", re.ASCII | re.IGNORECASE)
_NUMBER = r"(?:no|nr|num|number)\b"
_REGISTERED = r"reg(?:istration|istered|'d|d|n)?\b[. ]*"
# "Charity reg no 1062692" and "VAT reg no" count in other registers.
_COMPANY = re.compile(
    r"[(\[]?(?<!charity )(?<!charity\.)(?<!vat )"
    rf"\b(?:(?:co|comp|company)\b[. ]*(?:{_REGISTERED})?{_NUMBER}"
    rf"|{_REGISTERED}(?:(?:in|co|company|england|and|wales|scotland)\b[. ]*)*{_NUMBER}|crn\b)"
    r"[.:# ]*([A-Z]{2} ?\d{6}|[A-Z]{2}\d{5}[A-Z]|R\d{7}|\d{5,8})\b(?! ?\d)[)\]]?",
    re.ASCII | re.IGNORECASE,
)
_DIGIT = re.compile(r"\d").search
_VAT_FIGURES = (
    r"((?:GD|HA) ?\d{3}|\d{3}[ -]?\d{4}[ -]?\d{2}(?:[ -]?\d{3})?|\d{3}[ -]\d{3}[ -]\d{3})\b(?! ?\d)"
)
_VAT = re.compile(
    rf"[(\[]?\b(?:VAT\b[. ]*(?:{_REGISTERED})?(?:{_NUMBER})?[.:# ]*(?:GB ?)?|GB ?){_VAT_FIGURES}[)\]]?",
    re.ASCII | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Identifiers:
    """Numbers that a name carries, each empty when it carries none.

    `company_no` has the eight characters of Companies House, `vat_no` GB and its figures, and `payee_ref` is
    the publisher's own code, which names nobody outside the publisher's system.
    """

    company_no: str = ""
    vat_no: str = ""
    payee_ref: str = ""


_NONE = Identifiers()


def identifiers_in(payee: str) -> Identifiers:
    """The register numbers and publisher's code inside a payee's name; none for a redacted name.

    A number counts for a register only when its label or a known form says so; a bare number at the end after
    a colon is the publisher's code. Booking and branch numbers ("Premier Inn 44531690") count for nothing.

    >>> identifiers_in("UK0479435601 : Prime Care Solutions")
    Identifiers(company_no='04794356', vat_no='', payee_ref='UK0479435601')
    >>> identifiers_in("KINGS COLLEGE LONDON:03529700").payee_ref
    '03529700'
    >>> identifiers_in("A Ltd (Co. No. 1234567)").company_no
    '01234567'
    >>> identifiers_in("A Ltd VAT GB 123 4567 89").vat_no, identifiers_in("Redacted VAT GB123456789")
    ('GB123456789', Identifiers(company_no='', vat_no='', payee_ref=''))
    """
    if not _DIGIT(payee) or is_redacted(payee):
        return _NONE
    code = _code(_unlabelled(payee))
    site, company, vat = _SITE_OF_COMPANY(code), _COMPANY.search(payee), _VAT.search(payee)
    number = company.group(1) if company else site.group(1) if site else ""
    return Identifiers(
        company_no=_company_number(number) if number else "",
        vat_no="GB" + re.sub(r"[ -]", "", vat.group(1)).upper() if vat else "",
        payee_ref=code,
    )


def bare_name(payee: str) -> str:
    """The name without the code before or after it and without labelled register numbers.

    >>> bare_name("UK0479435601 : Prime Care Solutions"), bare_name("A Ltd (Co. No. 01234567)")
    ('Prime Care Solutions', 'A Ltd')
    """
    if not _DIGIT(payee):
        return payee.strip()
    text = _unlabelled(payee)
    first, last = _code_first(text), _CODE_LAST.search(text)
    if first:
        text = text[first.end() :]
    elif last and _figures(last.group(1)):
        text = text[: last.start()]
    return text.strip(" ,;-") or payee.strip()


def _unlabelled(payee: str) -> str:
    """The name without the register numbers that a label names."""
    return _VAT.sub("", _COMPANY.sub("", payee))


def _code(payee: str) -> str:
    first, last = _code_first(payee), _CODE_LAST.search(payee)
    found = first.group(1) if first else last.group(1) if last else ""
    return found.upper() if _figures(found) else ""


def _code_first(payee: str) -> re.Match[str] | None:
    found = _CODE_FIRST.match(payee)
    return found if found and _figures(found.group(1)) else None


def _figures(code: str) -> bool:
    """Whether the code has the five figures that a year or a time of day has not."""
    return sum(sign.isdigit() for sign in code) >= 5


def _company_number(text: str) -> str:
    text = re.sub(r"\s", "", text).upper()
    return text.zfill(8) if text.isdigit() else text
