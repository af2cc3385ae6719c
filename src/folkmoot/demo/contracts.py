"""What stands in the contracts register that was once served in place of the payments?"""

import csv
import io

HEADINGS = (
    "Contract Reference",
    "Contract Title",
    "Directorate",
    "Supplier Name",
    "Annual Value",
    "Start Date",
    "End Date",
    "Option to extend (months)",
    "Process Used",
)

# By directorate: title | supplier | pounds a year | start | end | months of extension | process.
_LISTED = {
    "Adult Social Care": """
        Home care, north locality|Brightwater Homecare Ltd|2400000|2023-04-01|2027-03-31|12|Open
        Home care, south locality|Marram Care Co-operative Ltd|610000|2024-04-01|2028-03-31|12|Open
        Respite stays|Harbour Lights Respite Care CIC|148000|2025-07-01|2027-06-30|12|Reserved""",
    "Children and Families": """
        School meals|Feastwell Contract Catering Plc|1150000|2022-09-01|2027-08-31|24|Open
        Fruit and vegetables|Tideline Fruit & Veg Ltd|84000|2025-04-01|2027-03-31|12|Quotation
        Supply teachers|Bridgewell Teaching Agency Ltd|265000|2024-09-01|2026-08-31|12|Framework
        Home to school transport|Baywide Taxis Ltd|342000|2024-09-01|2027-07-31|12|Open""",
    "Place": """
        Grounds of parks|Verdance Grounds Management Limited|930000|2021-10-01|2026-12-31|0|Open
        Tree survey and works|Pebble Path Tree Care|46000|2025-01-06|2027-01-05|12|Quotation
        Waste disposal|Reclaim & Renew Environmental Plc|3050000|2015-04-01|2040-03-31|0|Open
        Bulky waste and reuse|Second Tide Reuse CIC|118000|2025-04-01|2028-03-31|12|Reserved
        Roof repairs to schools|J Wetherill & Daughters Roofing|130000|2025-03-03|2027-02-28|12|Open""",
    "Public Health": """
        Debt advice|Sure Footing Debt Counselling|95000|2024-04-01|2027-03-31|12|Grant agreement""",
    "Resources": """
        Lift maintenance|Keystone Lift Maintenance (UK) Ltd|72500|2024-07-01|2027-06-30|12|Framework
        Cleaning of offices|Crystalline Facilities Group Plc|388000|2023-06-01|2027-05-31|0|Open
        Electricity, large sites|Northwind Business Energy Plc|1720000|2024-10-01|2026-09-30|12|Framework
        Social care case system|Quillstone Systems Plc|214000|2020-11-02|2026-11-01|24|Framework
        Printing of notices|Inkwell Pier Print Ltd|19800|2025-11-03|2026-11-02|12|Quotation""",
}

CONTRACTS = tuple(
    (directorate, *line.strip().split("|"))
    for directorate, listed in _LISTED.items()
    for line in listed.strip().splitlines()
)


def contracts_register() -> bytes:
    """The register as a file: readable, well formed, and no list of payments."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    for at, (directorate, title, supplier, pounds, *terms) in enumerate(CONTRACTS, 1):
        writer.writerow([f"MB{1400 + 7 * at}", title, directorate, supplier, f"{pounds}.00", *terms])
    return text.getvalue().encode("utf-8-sig")
