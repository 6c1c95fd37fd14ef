"""The made-up newsroom's words: everyday ones with the statistics of prose, invented towns and people."""

SECTIONS = (
    "politics", "town", "region", "abroad", "economy", "harbour", "technology", "science", "health", "schools",
    "courts", "arts", "books", "stage", "food", "travel", "football", "rowing", "letters", "weather",
)  # fmt: skip

TOWNS = (
    "Port Ellis", "Marrow Bay", "Østhavn", "Sankt Elmo", "Vieux-Quai", "Kestrel Point", "Lower Tarn", "Brückstadt",
    "São Farol", "Niedź", "Highmoor", "Cala Vella", "Tidewater", "Nørreby", "Longstrand", "Étang-Neuf",
)  # fmt: skip

GIVEN = (
    "Ada", "Bruno", "Célia", "Dag", "Edda", "Florin", "Greta", "Håkon", "Ilse", "Jorge", "Kaja", "Lóránt", "Mina",
    "Nils", "Oona", "Paweł", "Rosa", "Søren", "Tilda", "Ulf",
)  # fmt: skip

FAMILY = (
    "Almqvist", "Barge", "Córdova", "Dunmore", "Eklund", "Fjord", "Grzyb", "Hollis", "Ibarra", "Jansson", "Kovář",
    "Lind", "Mørk", "Nash", "O’Dea", "Pryce", "Quist", "Rämö", "Stellan", "Tarn",
)  # fmt: skip

ROLES = ("reporter", "correspondent", "editor", "photographer")

FOREIGN = (
    "crêpe", "fjäll", "señorío", "plaża", "Straße", "håndværk", "mañana", "cliché", "főnök", "coração", "žluť",
    "voilà", "smörgås", "façade", "tête-à-tête",
)  # fmt: skip

# What headings, subjects and keywords are made of; texts use these among the words that hold a sentence together.
_TOPICAL = """
    anchor auction bakery ballot barge beacon boiler bridge budget buoy cable cannery captain cargo census chapel
    charter clinic coast column committee compass concert contract council court crane crew current customs dam debt
    deck depot dock dredger drought dune election engine estuary exam factory fair fare ferry festival fever fishery
    flag flood fleet fog forest freight fund gale gallery gate glacier grain grant granary guild gull harvest hearing
    heater herring hospital hotel housing hull inquiry island jetty judge keel kitchen laboratory ladder lamp lantern
    lease library licence lighthouse lock lorry lottery mackerel mainland map market marsh mast mayor meadow merger
    mill mine minister mortgage museum net novel nurse oar orchard orchestra parade park patrol pavement pension permit
    pier pilot pipe plaster plough police pool port poster power prize pump quarry quay queue radar rail rain ranger
    reef referee refit rent rescue reservoir road roof rope route rudder sail salt sanctuary sawmill school seal
    senate shed shelter shipyard shore signal silo sluice snow soil stadium station steam storm strike student surgeon
    survey tanker tariff tax teacher tender theatre ticket tide timber toll tourist tower tractor trade train tram
    treaty trial tunnel turbine union vaccine valley vessel village vote wage ward warehouse watch water wharf wheat
    wind winter workshop yard
"""

_HOLDING = """
    the the the the the of of of of and and and to to to in in in a a a that for on on with as at by from this it is
    was were are be been has had have not but or which who whose their its his her they she he we after before between
    over under near across during until since while because if when where than then also only still again soon later
    never often almost about around against without through up down out off more most less fewer many several some any
    all both each every other another such same new old long short high low early late large small first second last
    next public private local open closed quiet busy cheap costly steady sudden likely common rare formal joint senior
    former annual daily weekly said told asked called named made built bought sold paid lost won held kept left moved
    joined agreed refused signed warned hoped feared began ended rose fell grew shrank opened closed delayed planned
    cut raised lowered found showed proved doubted can could may might must should will would
"""

TOPICAL = tuple(_TOPICAL.split())
COMMON = (*_HOLDING.split(), *_HOLDING.split(), *TOPICAL)
