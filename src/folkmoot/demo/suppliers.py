"""Whom do the anchors of Marram Bay pay, for what, and roughly how much at a time?"""

from dataclasses import dataclass

from folkmoot.demo.anchors import ANCHORS

HERE, REGION, ELSEWHERE = "here", "region", "elsewhere"


@dataclass(frozen=True, slots=True)
class Supplier:
    """Somebody who is paid: where they are based, and which kind of body they are."""

    name: str
    category: str
    where: str
    kind: str


@dataclass(frozen=True, slots=True)
class Category:
    """What is bought: pounds at a time (least, most), whether VAT is charged, and in which words."""

    key: str
    least: int
    most: int
    vat: bool
    words: tuple[str, ...]


CATEGORIES = {
    category.key: category
    for category in (
        Category("care", 800, 24_000, False, ("Home care", "Residential care", "Day care places")),
        Category("catering", 260, 9_000, True, ("Catering", "Bread and milk", "Fruit and vegetables")),
        Category("laundry", 300, 7_500, True, ("Laundry and linen", "Linen hire")),
        Category("grounds", 280, 8_500, True, ("Grounds maintenance", "Tree work", "Winter planting")),
        Category(
            "repairs",
            250,
            14_000,
            True,
            ("Responsive repairs", "Roofing", "Heating repairs", "Electrical repairs"),
        ),
        Category("cleaning", 300, 9_500, True, ("Contract cleaning", "Window cleaning")),
        Category("building", 9_000, 420_000, True, ("Building works, stage payment", "Retention released")),
        Category("energy", 1_500, 58_000, True, ("Electricity", "Gas", "Water and sewerage")),
        Category(
            "computing", 400, 36_000, True, ("Software licences", "Computer hardware", "Network support")
        ),
        Category("agency", 900, 19_000, True, ("Agency staff", "Temporary staff")),
        Category("medical", 500, 48_000, True, ("Surgical supplies", "Drugs", "Equipment maintenance")),
        Category("learning", 250, 12_000, True, ("Books and journals", "Laboratory supplies", "Course fees")),
        Category("transport", 260, 9_500, False, ("Taxis", "School transport", "Vehicle hire")),
        Category("advice", 600, 21_000, True, ("Legal fees", "Surveyors", "Consultants’ fees")),
        Category("print", 250, 4_200, True, ("Printing", "Design", "Signs")),
        Category("waste", 700, 38_000, True, ("Waste disposal", "Recycling")),
        Category("community", 500, 18_000, False, ("Grant", "Community activity", "Room hire")),
        Category("tax", 40_000, 360_000, False, ("PAYE and national insurance",)),
        Category("pensions", 30_000, 220_000, False, ("Employer pension contributions",)),
        Category("between", 900, 46_000, False, ("Recharge", "Business rates", "Joint post", "Room hire")),
        Category("people", 250, 3_200, False, ("Allowance", "Refund", "Expenses")),
    )
}

# By category: name | where | kind. The first of each are paid most often.
_LISTED = {
    "care": """
        Brightwater Homecare Ltd|elsewhere|national
        Marram Care Co-operative Ltd|here|co-operative
        Larkrise Residential Homes Limited|region|firm
        Halcyon Supported Living Group Plc|elsewhere|national
        Dunes Day Centre CIC|here|social
        Samphire House Nursing Home|here|firm
        The Tern Trust|here|charity
        Oakmere Specialist Childrens Services Limited|elsewhere|national
        Kittiwake Fostering Ltd|region|firm
        Harbour Lights Respite Care Community Interest Company|here|social""",
    "catering": """
        Feastwell Contract Catering Plc|elsewhere|national
        Provender & Hythe (Northern) Ltd|elsewhere|national
        The Groyne Kitchen Co-operative Ltd|here|co-operative
        Saltby Bakehouse|here|firm
        Tideline Fruit & Veg Ltd|here|firm
        Café Sandgrouse|here|firm
        Marsh Farm Dairy Partnership|region|firm
        Cockle Row Fish Merchants|here|firm
        Upper Fell Growers|region|co-operative""",
    "laundry": """
        Snowcrest Linen Services Plc|elsewhere|national
        Whitefold Laundries Limited|elsewhere|national
        Eastcliff Community Laundry CIC|here|social
        Bluebell Textile Hire Ltd|region|firm""",
    "grounds": """
        Verdance Grounds Management Limited|elsewhere|national
        Greenacre & Moss Landscapes Ltd|region|firm
        Marram Grass Gardeners Co-operative|here|co-operative
        Pebble Path Tree Care|here|firm
        Northshore Green Team CIC|here|social
        Thrift & Sea Holly Nurseries|here|firm""",
    "repairs": """
        Pargeter Property Services Ltd|region|firm
        J Wetherill & Daughters Roofing|here|firm
        Harbourside Heating & Plumbing Ltd|here|firm
        Copperfin Mechanical And Electrical Engineering Ltd|region|firm
        A B Trimm Joinery|here|firm
        Slipway Electrical Contractors Ltd|here|firm
        Stonecrop Masonry|here|firm
        Keystone Lift Maintenance (UK) Ltd|elsewhere|national
        Bolder Scaffolding Ltd|region|firm
        Fairlead Fire And Security Systems Limited|elsewhere|firm
        Tamarisk Decorators Co-operative Ltd|here|co-operative
        Gannet Glazing|here|firm""",
    "cleaning": """
        Crystalline Facilities Group Plc|elsewhere|national
        Shoreline Cleaning Services Ltd|region|firm
        Bright Step Cleaning Co-operative|here|co-operative
        Squeegee & Sons|here|firm
        Personnel Washroom Services (Coastal) Ltd|elsewhere|firm""",
    "building": """
        Ashgrove Tanner Construction Plc|elsewhere|national
        Calder & Byre Building Contractors Limited|region|firm
        Mortimer Flint Civil Engineering Ltd|region|firm
        Marram Master Builders Ltd|here|firm
        Longshore Piling Company Limited|elsewhere|firm
        Breakwater Schools Project Spv Ltd|elsewhere|national""",
    "energy": """
        Northwind Business Energy Plc|elsewhere|national
        Albion Grid Supply Ltd|elsewhere|national
        Coastal & Fells Water Plc|region|national
        Marram Bay Community Energy Society Ltd|here|co-operative""",
    "computing": """
        Quillstone Systems Plc|elsewhere|national
        Datahaven Cloud Services Limited|elsewhere|national
        Softmere Business Solutions Ltd|elsewhere|national
        Copper Kite Computers|here|firm
        Lantern Telecoms Plc|elsewhere|national
        Pixel & Pier Web Studio Ltd|here|firm
        Redshank Networks Limited|region|firm
        Foxglove Payroll Software Ltd|elsewhere|firm""",
    "agency": """
        Fleetfoot Recruitment Plc|elsewhere|national
        Hawser Healthcare Staffing Limited|elsewhere|national
        Bridgewell Teaching Agency Ltd|region|firm
        Anchor Point Temps Ltd|here|firm
        Stepladder Staffing Solutions (North) Limited|elsewhere|national""",
    "medical": """
        Meridian Surgical Supplies Plc|elsewhere|national
        Pharmora Wholesale Limited|elsewhere|national
        Vantage Imaging Systems Uk Ltd|elsewhere|national
        Oxbow Medical Gases Ltd|elsewhere|national
        Kestrel Orthopaedics Limited|region|firm
        Sandpiper Dental Laboratory|here|firm
        Willowherb Mobility Aids Ltd|here|firm
        National Blood And Tissue Supply Body|elsewhere|public
        Larkspur Diagnostics Ltd|region|firm
        Heron Patient Transport CIC|here|social""",
    "learning": """
        Colophon Academic Press Plc|elsewhere|national
        Redactory Publishing Ltd|elsewhere|firm
        Labwright Scientific Limited|elsewhere|national
        Awarding Board For Technical Studies|elsewhere|public
        Harbour Books Co-operative Ltd|here|co-operative
        Quayside Welding Supplies|here|firm
        Mast & Rigging Training Centre Ltd|here|firm
        Institut für Küstenforschung Norderhaff|elsewhere|public
        Consortium Of Northern University Libraries And Archives|region|public
        Sextant Survey Instruments Ltd|region|firm""",
    "transport": """
        Baywide Taxis Ltd|here|firm
        Saltlink Buses Plc|region|national
        Curlew Minibus Hire|here|firm
        Wheelhouse Community Transport|here|charity
        Wainhouse Fleet Leasing Plc|elsewhere|national
        Ropewalk Motor Factors Ltd|region|firm
        Ferry Road Garage|here|firm""",
    "advice": """
        Thornbury Quaife Llp|elsewhere|national
        Ince Marlow Solicitors Llp|region|firm
        Plumbline Chartered Surveyors Ltd|region|firm
        Groyne Hill Consulting Group Limited|elsewhere|national
        Personal Growth Consultants Ltd|region|firm
        Ledger & Lamb Accountants|here|firm
        Gull Street Law Centre|here|charity
        Fathom Research Co-operative Ltd|here|co-operative""",
    "print": """
        Inkwell Pier Print Ltd|here|firm
        Bold Gannet Design Studio|here|firm
        Sprintline Document Solutions Plc|elsewhere|national
        Signs Of The Tide|here|firm
        Broadsheet Co-operative Printers Ltd|region|co-operative""",
    "waste": """
        Reclaim & Renew Environmental Plc|elsewhere|national
        Estuary Skip Hire Ltd|here|firm
        Second Tide Reuse CIC|here|social
        Claymoor Landfill Limited|region|firm
        Bladderwrack Composting Ltd|here|firm""",
    "community": """
        Marram Bay Voluntary Action|here|charity
        The Groyne Pantry|here|charity
        Saltmarsh Arts CIC|here|social
        Northshore Boxing And Youth Club|here|charity
        St Elowen's Parish Hall|here|charity
        Marram Bay Sea Rescue Society|here|charity
        Eastcliff Allotments Association|here|charity
        Marram Bay Brass Band|here|charity
        Bay Welcome (Refugee Support)|here|charity
        Marram Bay Advice Desk|here|charity
        Pier Head Theatre Trust|here|charity
        Old Lifeboat House Community Land Trust Ltd|here|co-operative
        Sure Footing Debt Counselling|here|charity""",
    "tax": "National Revenue Office|elsewhere|public",
    "pensions": "Coastal Counties Pension Fund|region|public",
    "between": "\n".join(
        [*(f"{anchor.name}|here|anchor" for anchor in ANCHORS), "Saltby Parish Council|here|public"]
    ),
    "people": "(a private person)|here|person",
}

SUPPLIERS = tuple(
    Supplier(name.strip(), category, where, kind)
    for category, listed in _LISTED.items()
    for name, where, kind in (line.split("|") for line in listed.strip().splitlines())
)
PAID_FOR = {key: tuple(s for s in SUPPLIERS if s.category == key) for key in CATEGORIES}
