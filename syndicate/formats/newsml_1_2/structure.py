"""Which children and attributes an element of NewsML 1.2 has, and in which order: one table (see `sequences.py`)."""

from syndicate.markup.sequences import table

_ID = "Duid Euid"
_NAME = "FormalName! Vocabulary Scheme"
_ASSIGNED = "AssignedBy Importance Confidence HowPresent DateAndTime"
_FORMAL = f"{_ID} {_NAME}"
_LINE = ("# Origin*", _ID)
_RIGHT = ("# Origin*", f"{_ID} {_ASSIGNED}")
_PARTY = "Comment* Party+"
_DATA = "(Encoding|DataContent)?"
_LINES = (
    "HeadLine|SubHeadLine|ByLine|ByLineTitle|DateLine|CreditLine|CopyrightLine|RightsLine|SeriesLine|SlugLine|"
    "KeywordLine|NewsLine"
)
_YES = "yes|no"

TABLE = table({
    "NewsML": ("Catalog? TopicSet* NewsEnvelope NewsItem+", f"{_ID} Version"),
    "NewsEnvelope": ("TransmissionId? SentFrom? SentTo? DateAndTime NewsService* NewsProduct* Priority?", _ID),
    "TransmissionId": ("#", f"{_ID} Repeat"),
    **dict.fromkeys(("SentFrom", "SentTo", "Provider"), (_PARTY, _ID)),
    "Source": (_PARTY, f"{_ID} NewsItem"),
    **dict.fromkeys(("Creator", "Contributor"), (f"{_PARTY} Contribution*", _ID)),
    "Party": ("Property*", f"{_FORMAL} Topic"),
    "DateAndTime": ("#", _ID),
    **dict.fromkeys(
        ("NewsService", "NewsProduct", "Priority", "Role", "NewsItemType", "Status", "FutureStatus", "Urgency",
         "NewsLineType", "MetadataType", "MediaType", "Format", "MimeType", "Notation", "LabelType", "TopicType",
         "Contribution"),
        ("", _FORMAL),
    ),
    "Catalog": ("Resource* TopicUse*", f"{_ID} Href"),
    "Resource": ("Urn? Url* DefaultVocabularyFor*", _ID),
    **dict.fromkeys(("Urn", "Url", "FileName", "SystemIdentifier", "SizeInBytes", "DateLineDate", "FirstCreated",
                     "ThisRevisionCreated", "NameLabel", "DateLabel", "LabelText"), ("#", _ID)),
    "DefaultVocabularyFor": ("", f"{_ID} Context! Scheme"),
    "TopicUse": ("", "Topic! Context"),
    "Comment": ("#", f"{_ID} TranslationOf FormalName Vocabulary Scheme"),
    "NewsItem": ("Comment* Catalog? Identification NewsManagement (NewsComponent|Update|TopicSet)*", _ID),
    "Identification": ("NewsIdentifier NameLabel? DateLabel? Label*", _ID),
    "NewsIdentifier": ("ProviderId DateId NewsItemId RevisionId PublicIdentifier", ""),
    "ProviderId": ("#", "Vocabulary"),
    "DateId": ("#", ""),
    "NewsItemId": ("#", "Vocabulary Scheme"),
    "RevisionId": ("#", "PreviousRevision Update=U|A|N"),
    "PublicIdentifier": ("#", ""),
    "Label": ("LabelType LabelText", _ID),
    "NewsManagement": (("NewsItemType FirstCreated ThisRevisionCreated Status StatusWillChange* Urgency? "
                       "RevisionHistory? DerivedFrom* AssociatedWith* Instruction* Property*"), _ID),
    "StatusWillChange": ("FutureStatus DateAndTime", _ID),
    "RevisionHistory": ("", f"{_ID} Href!"),
    **dict.fromkeys(("DerivedFrom", "AssociatedWith"),
                    ("Comment*", f"{_ID} FormalName Vocabulary Scheme NewsItem")),
    "Instruction": ("RevisionStatus*", _FORMAL),
    "RevisionStatus": ("Status", f"{_ID} Revision"),
    "NewsComponent": (("Comment* Catalog? TopicSet* Role? BasisForChoice* NewsLines? AdministrativeMetadata? "
                      "RightsMetadata? DescriptiveMetadata? Metadata* "
                      "(NewsItem|NewsItemRef|NewsComponent|ContentItem)*"),
                      f"{_ID} Essential={_YES} EquivalentsList={_YES}"),
    "BasisForChoice": ("#", f"{_ID} Rank"),
    "NewsItemRef": ("Comment*", f"{_ID} NewsItem"),
    "NewsLines": (f"({_LINES})*", _ID),
    **dict.fromkeys((name for name in _LINES.split("|") if name != "NewsLine"), _LINE),
    **dict.fromkeys(("NewsLineText", "CopyrightHolder", "CopyrightDate"), _LINE),
    "NewsLine": ("NewsLineType NewsLineText+", _ID),
    "Origin": ("# Origin*", f"{_ID} {_ASSIGNED} Href"),
    "AdministrativeMetadata": ("Catalog? FileName? SystemIdentifier? Provider? Creator* Source* Contributor* Property*",
                               _ID),
    "RightsMetadata": ("Catalog? Copyright* UsageRights* Property*", f"{_ID} {_ASSIGNED}"),
    "Copyright": ("Comment* CopyrightHolder CopyrightDate", f"{_ID} {_ASSIGNED}"),
    "UsageRights": ("UsageType? Geography? RightsHolder? Limitations? StartDate? EndDate?", f"{_ID} {_ASSIGNED}"),
    **dict.fromkeys(("UsageType", "Geography", "RightsHolder", "Limitations", "StartDate", "EndDate"), _RIGHT),
    "DescriptiveMetadata": (("Catalog? Language* Genre* SubjectCode* OfInterestTo* DateLineDate? Location* "
                            "TopicOccurrence* Property*"), f"{_ID} {_ASSIGNED}"),
    **dict.fromkeys(("Language", "Genre", "Subject", "SubjectMatter", "SubjectDetail", "SubjectQualifier", "Relevance"),
                    ("", f"{_FORMAL} {_ASSIGNED}")),
    "SubjectCode": ("(Subject|SubjectMatter|SubjectDetail|SubjectQualifier)*", f"{_ID} {_ASSIGNED}"),
    "OfInterestTo": ("Relevance?", f"{_FORMAL} {_ASSIGNED}"),
    "Location": ("Property*", f"{_ID} {_ASSIGNED} Topic"),
    "TopicOccurrence": ("", f"{_ID} {_ASSIGNED} Topic"),
    "Property": ("Property*", f"{_FORMAL} {_ASSIGNED} Value ValueRef AllowedValues AllowedScheme"),
    "Metadata": ("Catalog? MetadataType Property+", _ID),
    "ContentItem": (f"Comment* Catalog? MediaType? Format? MimeType? Notation? Characteristics? {_DATA}",
                    f"{_ID} Href"),
    "Characteristics": ("SizeInBytes? Property*", _ID),
    "Encoding": (_DATA, f"{_ID} Notation!"),
    "DataContent": ("# ...", _ID),
    "Update": ("(InsertBefore|InsertAfter|Replace|Delete)*", _ID),
    **dict.fromkeys(("InsertBefore", "InsertAfter", "Replace"), ("# ...", f"{_ID} DuidRef!")),
    "Delete": ("", f"{_ID} DuidRef!"),
    "TopicSet": ("Comment* Catalog? TopicSetRef* Topic*", _FORMAL),
    "TopicSetRef": ("Comment*", f"{_ID} TopicSet"),
    "Topic": ("Comment* Catalog? TopicType+ FormalName* Description* Property*", f"{_ID} Details"),
    "FormalName": ("#", f"{_ID} Scheme"),
    "Description": ("#", f"{_ID} Variant"),
})  # fmt: skip
