"""Ideas in other languages, three topics of four ideas each that share few words or none."""

from itertools import chain

from sklearn.metrics import adjusted_rand_score

from folkmoot.core.decide.arranging import arrange
from folkmoot.core.decide.arranging.closeness import Meanings

SPANISH = [
    ["Más autobuses por la noche", "El tranvía pasa muy poco"],
    ["Billetes baratos para jóvenes", "El último tren sale demasiado pronto"],
    ["Plantar árboles contra el calor", "El parque necesita sombra"],
    ["Sembrar flores para las abejas", "Más jardines en el barrio"],
    ["Faltan médicos en el barrio", "El hospital queda muy lejos"],
    ["Una farmacia abierta de noche", "Cuidar a los enfermos en casa"],
]
POLISH = [
    ["Więcej autobusów wieczorem", "Tramwaj jeździ za rzadko"],
    ["Tańsze bilety dla młodzieży", "Ostatni pociąg odjeżdża za wcześnie"],
    ["Sadzić drzewa przeciw upałom", "Park potrzebuje cienia"],
    ["Siać kwiaty dla pszczół", "Więcej zieleni przy szkole"],
    ["Brakuje lekarzy w dzielnicy", "Szpital jest za daleko"],
    ["Apteka otwarta w nocy", "Opieka nad chorymi w domu"],
]
JAPANESE = [
    ["夜のバスを増やしてほしい", "電車の本数が少ない"],
    ["学生の切符を安く", "終電が早すぎる"],
    ["暑さ対策に木を植える", "公園に日陰が必要"],
    ["蜂のために花を植えよう", "校庭に緑を増やす"],
    ["近くに医者がいない", "病院が遠すぎる"],
    ["夜も開いている薬局", "自宅で病人を介護する支援"],
]
GERMAN = [
    ["Mehr Busse am Abend", "Die Straßenbahn fährt zu selten"],
    ["Günstigere Fahrkarten für Jugendliche", "Der letzte Zug geht zu früh"],
    ["Bäume pflanzen gegen die Hitze", "Der Park braucht Schatten"],
    ["Blumen für die Bienen säen", "Mehr Grün auf dem Schulhof"],
    ["Ärzte fehlen im Viertel", "Die Praxis nimmt keine Kranken mehr auf"],
    ["Eine Apotheke, die nachts öffnet", "Pflege für alte Menschen zu Hause"],
]
MIXED = [
    ["Mehr Busse am Abend", "Más autobuses por la noche"],
    ["More buses in the evening", "Plus de bus le soir"],
    ["Bäume pflanzen gegen die Hitze", "Plantar árboles contra el calor"],
    ["Plant trees against the heat", "Planter des arbres contre la chaleur"],
    ["Ärzte fehlen im Viertel", "Faltan médicos en el barrio"],
    ["There are too few doctors near us", "Il manque des médecins dans le quartier"],
]


def agreement(pairs: list[list[str]], meanings: Meanings | None) -> float:
    """How well three groups agree with the three topics, by the adjusted Rand index."""
    texts = list(chain.from_iterable(pairs))
    marks = [0] * len(texts)
    for number, group in enumerate(arrange(texts, groups=3, meanings=meanings).groups):
        for place in group.members:
            marks[place] = number
    return float(adjusted_rand_score([place // 4 for place in range(len(texts))], marks))
