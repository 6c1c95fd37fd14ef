"""Which children and attributes an element of NITF 3.6 has, and in which order: one table (see `sequences.py`)."""

from syndicate.markup.sequences import table

_ID = "id"
_ALL = "id class style"
_ENRICHED = (
    "chron|classifier|copyrite|event|function|location|money|num|object.title|org|person|postaddr|virtloc|a|br|em|lang|"
    "pronounce|q"
)
_BLOCKS = "p|hl2|table|nitf-table|media|ol|ul|dl|bq|fn|note|pre|hr"
_TEXT = f"# ({_ENRICHED})*"
_BOTH = f"# ({_ENRICHED}|{_BLOCKS})*"
_CODED = f"{_ALL} idsrc value"
_ALIGN = "align=left|center|right|justify|char char charoff valign=top|middle|bottom|baseline"
_CELL = f"{_ALL} axis axes nowrap=nowrap rowspan colspan {_ALIGN}"
_ROWS = f"{_ALL} {_ALIGN}"

TABLE = table({
    "nitf": ("head? body", f"{_ID} uno version change.date change.time baselang class"),
    "head": ("title? meta* tobject? iim? docdata? pubdata* revision-history*", _ID),
    "title": ("#", f"{_ID} type=main|subtitle|parttitle|alternate|abbrev|other"),
    "meta": ("", f"{_ID} http-equiv name content!"),
    "tobject": ("tobject.property* tobject.subject*", f"{_ID} tobject.type"),
    "tobject.property": ("", f"{_ID} tobject.property.type"),
    "tobject.subject": ("", (f"{_ID} tobject.subject.ipr tobject.subject.refnum! tobject.subject.code "
                            "tobject.subject.type tobject.subject.matter tobject.subject.detail")),
    "iim": ("ds*", f"{_ID} ver"),
    "ds": ("", f"{_ID} num! value"),
    "docdata": (("(correction|evloc|doc-id|del-list|urgency|fixture|date.issue|date.release|date.expire|doc-scope|"
                "series|ed-msg|du-key|doc.copyright|doc.rights|key-list|identified-content)*"),
                f"{_ID} management-status management-doc-idref management-idref-status"),
    "correction": ("", f"{_ID} info id-string regsrc"),
    "evloc": ("", f"{_ID} iso-cc state-prov county-dist city"),
    "doc-id": ("", f"{_ID} regsrc id-string"),
    "del-list": ("from-src*", _ID),
    "from-src": ("", f"{_ID} src-name level-number"),
    "urgency": ("", f"{_ID} ed-urg"),
    "fixture": ("", f"{_ID} fix-id"),
    **dict.fromkeys(("date.issue", "date.release", "date.expire"), ("", f"{_ID} norm")),
    "doc-scope": ("", f"{_ID} scope"),
    "series": ("", f"{_ID} series.name series.part series.totalpart"),
    "ed-msg": ("", f"{_ID} msg-type info"),
    "du-key": ("", f"{_ID} generation part version key"),
    "doc.copyright": ("", f"{_ID} year holder"),
    "doc.rights": ("", f"{_ID} owner startdate enddate agent geography location-code code-source type limitations"),
    "key-list": ("keyword*", _ID),
    "keyword": ("", f"{_ID} key"),
    "identified-content": ("(person|org|location|event|function|object.title|virtloc|classifier)*", _ID),
    "pubdata": ("", (f"{_ID} type=print|audio|video|web|appliance|other item-length unit-of-measure "
                    "date.publication name issn volume number issue edition.name edition.area position.section "
                    "position.sequence ex-ref")),
    "revision-history": ("", (f"{_ID} name function=writer-author|editor|producer|archivist|videographer|"
                             "graphic-artist|photographer|statistician|other norm comment")),
    "body": ("body.head? body.content* body.end?", _ALL),
    "body.head": ("hedline* note* rights? byline* distributor? dateline* abstract* series?", _ID),
    "hedline": ("hl1 hl2*", _ALL),
    **dict.fromkeys(("hl1", "hl2"), (_TEXT, _ALL)),
    "note": ("body.content+", f"{_ALL} noteclass=cpyrt|end|hd|editorsnote|trademk|undef type=std|pa|npa"),
    "rights": (("# (rights.owner|rights.startdate|rights.enddate|rights.agent|rights.geography|rights.type|"
               "rights.limitations)*"), _ID),
    **dict.fromkeys(("rights.owner", "rights.agent"), ("#", f"{_ID} contact")),
    **dict.fromkeys(("rights.startdate", "rights.enddate"), ("#", f"{_ID} norm")),
    "rights.geography": ("#", f"{_ID} location-code code-source"),
    **dict.fromkeys(("rights.type", "rights.limitations"), ("#", _ID)),
    "byline": ("# (person|byttl|location|virtloc)*", _ALL),
    "byttl": ("# org*", _ID),
    "distributor": ("# org*", _ALL),
    "dateline": ("# (location|story.date)*", _ALL),
    "story.date": ("#", f"{_ID} norm"),
    "abstract": (f"({_BLOCKS})+", _ALL),
    "copyrite": ("# (copyrite.year|copyrite.holder)*", _ID),
    **dict.fromkeys(("copyrite.year", "copyrite.holder"), ("#", _ID)),
    "body.content": (f"(block|{_BLOCKS})*", _ID),
    "block": (f"tobject? key-list? classifier* byline? dateline? copyrite? abstract* ({_BLOCKS})* datasource?", _ALL),
    "p": (_TEXT, f"{_ALL} lede summary optional-text"),
    "table": ("caption? (col|colgroup)? thead? tfoot? (tbody|tr)*",
              (f"{_ALL} tabletype align=left|center|right width cols border "
              "frame=void|above|below|hsides|lhs|rhs|vsides|box|border rules=none|basic|rows|cols|all cellspacing "
              "cellpadding")),
    "media": ("media-metadata* (media-reference|media-object)+ media-caption* media-producer*", f"{_ALL} media-type!"),
    "media-reference": ("#", (f"{_ID} source name mime-type coding time time-unit-of-measure outcue source-credit "
                             "copyright alternate-text height width units=pixels imagemap noflow=noflow "
                             "data-location")),
    "media-metadata": ("", f"{_ID} name! value"),
    "media-object": ("#", f"{_ALL} encoding!"),
    "media-caption": (_BOTH, _ALL),
    "media-producer": (_TEXT, _ALL),
    "ol": ("li+", f"{_ALL} seqnum"),
    "ul": ("li+", _ALL),
    "li": (_BOTH, _ALL),
    "dl": ("(dt|dd)+", _ALL),
    "dt": (_TEXT, _ALL),
    "dd": (f"({_ENRICHED}|{_BLOCKS}|block)*", _ALL),
    "bq": ("(block|credit)*", f"{_ALL} nowrap=nowrap quote-source"),
    "credit": (_TEXT, _ALL),
    "fn": ("body.content+", _ALL),
    "pre": ("#", _ALL),
    "hr": ("", _ALL),
    "datasource": ("#", _ID),
    "caption": (_BOTH, f"{_ALL} align=top|bottom|left|right"),
    "col": ("", f"{_ALL} span width {_ALIGN}"),
    "colgroup": ("col+", _ROWS),
    **dict.fromkeys(("thead", "tbody", "tfoot"), ("tr+", _ROWS)),
    "tr": ("(th|td)+", _ROWS),
    **dict.fromkeys(("th", "td"), (_BOTH, _CELL)),
    "chron": ("#", f"{_ALL} norm"),
    "event": ("# alt-code*", f"{_CODED} start-date end-date"),
    "function": ("# alt-code*", f"{_ID} idsrc value"),
    "location": ("# (sublocation|city|state|region|country|alt-code)*", f"{_ALL} location-code code-source"),
    "sublocation": ("# alt-code*", f"{_ALL} location-code code-source"),
    "city": ("# alt-code*", f"{_ALL} city-code code-source"),
    "state": ("# alt-code*", f"{_ALL} state-code code-source"),
    "region": ("# alt-code*", f"{_ALL} region-code code-source"),
    "country": ("# alt-code*", f"{_ALL} iso-cc"),
    "money": ("#", f"{_ALL} unit date"),
    "num": ("# (frac|sub|sup)*", f"{_ALL} units decimal-ch thousands-ch"),
    "frac": ("numer frac-sep? denom", _ALL),
    **dict.fromkeys(("numer", "frac-sep", "denom"), ("#", _ID)),
    **dict.fromkeys(("sub", "sup"), ("#", _ALL)),
    **dict.fromkeys(("object.title", "org", "virtloc"), ("# alt-code*", _CODED)),
    "alt-code": ("", f"{_ID} idsrc! value!"),
    "person": ("# (name.given|name.family|function|alt-code)*", f"{_CODED} gender=male|female"),
    **dict.fromkeys(("name.given", "name.family"), ("#", _ALL)),
    "postaddr": ("addressee delivery.point? (postcode|delivery.office|region|country)*", _ALL),
    "a": (_TEXT, f"{_ALL} href name rel rev title"),
    "br": ("", _ID),
    "em": (_TEXT, _ALL),
    "lang": (_TEXT, _CODED),
    "pronounce": (_TEXT, f"{_ALL} guide phonetic"),
    "q": (_TEXT, f"{_ALL} quote-source"),
    "addressee": ("person function? care.of?", _ID),
    "care.of": ("#", _ID),
    "delivery.point": ("# br*", f"{_ID} point-code code-source"),
    "postcode": ("#", f"{_ID} code-source"),
    "delivery.office": ("# br*", f"{_ID} office-code code-source"),
    "body.end": ("tagline? bibliography?", _ID),
    "tagline": (_TEXT, f"{_ALL} type=std|pa|npa"),
    "bibliography": ("#", _ALL),
    "classifier": ("# alt-code*", f"{_CODED} type"),
    "nitf-table": ("nitf-table-metadata (table|custom-table|table-reference)", _ID),
    "custom-table": ("# ...", _ALL),
    "table-reference": ("", f"{_ID} idref!"),
    "nitf-table-metadata": ("nitf-table-summary? (nitf-colgroup|nitf-col)+",
                            f"{_CODED} subclass status=pre|snap-shot|interim|final|official column-count row-count"),
    "nitf-table-summary": ("p*", _ALL),
    "nitf-colgroup": ("nitf-col+", f"{_ID} idsrc value occurrences"),
    "nitf-col": ("", f"{_ID} idsrc value occurrences data-type=text|number|graphic|other data-format"),
})  # fmt: skip
