"""What stands below an answer, in the languages and programs that we know: signatures, telephones, disclaimers."""

from __future__ import annotations

import re
from typing import Final

SIGNATURE: Final = re.compile(r"^\s{0,3}(?:--|—{1,10}|–{2,10})\s*$")
RULE: Final = re.compile(r"^\s*(?:_{2,}|[-=*~+]{3,}|[━─═]{3,})\s*$")
LIST_FOOTER: Final = re.compile(r"https?://|mailing list|список рассылки|unsubscribe|отписаться", re.IGNORECASE)
CONTACT: Final = re.compile(
    r"(?:\b(?:tel|phone|mob|mobile|fax|telefon|тел|моб)\b|電話|电话|☎)\W{0,3}[+(０-９\d]|\be-?mail\W{0,3}\S+@|〒",
    re.IGNORECASE,
)

# -- closings --------------------------------------------------------------------------------------

CLOSING: Final = re.compile(
    r"^\s*(?=[abcdfhiklmprstuvwyzвзнс])(?:с (?:уважением|наилучшими пожеланиями|искренним уважением|почтением)"
    r"|наилучшие пожелания|всего (?:доброго|наилучшего)|з (?:повагою|найкращими побажаннями)|на все добре"
    r"|(?:(?:many )?thanks (?:and|&) |thank you and |with (?:my |our )?)?(?:(?:best|kind|kindest|warm|warmest|many) )?regards"
    r"|best wishes|all the best|(?:yours )?sincerely|yours (?:faithfully|truly)|respectfully"
    r"|(?:mit )?(?:freundliche[nr]?|freundlichem|beste[nr]?|bestem|viele[nr]?|liebe[nr]?|herzliche[nr]?|schöne[nr]?|sonnige[nr]?)"
    r" (?:grüße[n]?|grüsse[n]?|gruesse[n]?|gruß|gruss)|hochachtungsvoll"
    r"|(?:bien |très )?cordialement|bien à vous|(?:sincères|meilleures|cordiales) salutations|salutations distinguées"
    r"|(?:(?:un|reciba un) )?(?:cordial |afectuoso )?saludos?(?: cordiale?s)?|atentamente|cordialmente"
    r"|(?:cordiali|distinti|cari|migliori) saluti|un cordiale saluto"
    r"|(?:com os )?(?:(?:melhores|meus) )?cumprimentos|atenciosamente|(?:cordiais|saudações) saudações"
    r"|(?:met )?(?:vriendelijke|hartelijke) groet(?:en)?|hoogachtend"
    r"|(?:z poważaniem|z wyrazami szacunku|z pozdrowieniami)|(?:serdecznie )?pozdrawiam(?: serdecznie)?"
    r"|(?:med )?(?:vänlig|vänliga|bästa) hälsning(?:ar)?|(?:med )?venlig hilsen|(?:med )?vennlig hilsen|terveisin|ystävällisin terveisin"
    r"|s (?:přátelským )?pozdravem|s pozdravom|saygılarımla|saygılarımızla|iyi çalışmalar)"
    r"\b[,.!]?\s*.{0,40}$",
    re.IGNORECASE,
)
# Words that begin a sentence as well: they close a mail where they have the line to themselves.
SHORT_CLOSING: Final = re.compile(
    r"^\s*(?:best|cheers|br|rgds|kr|lg|vg|mfg|mvg|mvh|saluti|un saluto|un abbraccio|salutations|amicalement|groeten?|grüße|gruß|vänligen"
    r"|hälsningar|hilsen|att|atte|abraços?|um abraço|un abrazo|saygılar|sevgiler|此致|敬上|祝好|顺祝商祺|順頌商祺|谨上|敬具)\s?[,.!，。！]{0,2}\s*$",
    re.IGNORECASE,
)
POSTSCRIPT: Final = re.compile(r"^\s*(?:p\.? ?p?\.? ?s\b|п\.? ?п?\.? ?с\b|з\.? ?ы\b|n\.? ?b\b)", re.IGNORECASE)

# -- what telephones and programs add --------------------------------------------------------------

# No sentence goes on like these: no comma or full stop in it.
_DEVICE: Final = r"(?:[^.,;!?<>\[\](){}]|[.!](?=[^\s.]))"
_BY: Final = (
    r"(?:sent|written|typed) (?:from|via|with|using) |отправлено (?:с|со|из|через) |(?:надіслано|відправлено) (?:з|із|зі|через) "
    r"|(?:gesendet|verschickt|diese nachricht wurde) (?:von|mit|aus|über) |envoyé (?:de |depuis |à partir d[eu'’] ?|avec |via )"
    r"|enviad[oa] (?:desde|de|do|da|com o|con el|a partir d[eoa]) |inviat[oa] (?:da|dal|dalla|con) "
    r"|(?:verzonden|verstuurd) (?:vanaf|vanuit|met|via) |wysłan[eoy] (?:z|ze|za pomocą) |skicka(?:t|des) (?:från|med) "
    r"|sendt fra |odesláno (?:z|ze|pomocí) |lähetetty |发自|發自"
)
_EXCUSE: Final = (
    r"(?:[.,;]? (?:please |veuillez )?(?:excuse|excusez?|pardon|forgive|disculp|perdon|desculp|entschuld)[^.]{0,60})?"
)
_SENT_FROM: Final = re.compile(
    rf"^\s*(?=[degilostvwвно发發])(?:(?:{_BY}){_DEVICE}{{2,70}}?{_EXCUSE}|von (?:meine[mr] )?{_DEVICE}{{2,60}} gesendet)\s*$",
    re.IGNORECASE,
)
# Apart, as the device comes first in these: tried on every line they would take most of the time of all signatures.
_DEVICE_SENT: Final = re.compile(
    rf"^\s*(?:{_DEVICE}{{2,60}}?(?:’|')?(?:dan|den|tan|ten|ndan|ile) gönderildi|{_DEVICE}{{2,60}}?から送信(?:されました)?"
    rf"|[从從](?:我的)? ?{_DEVICE}{{2,40}}?(?:发送|發送|传送|傳送))\s*$",
    re.IGNORECASE,
)
_PRODUCT: Final = re.compile(
    r"phone|ipad|galaxy|samsung|android|mobil|handy|blackberry|tablet|mail|outlook|device|dispositi|appareil|apparaat|gerät|urządze"
    r"|смартфон|телефон|почт|пошт|posta|pošt|poczt|courrier|correo|e-post|huawei|xiaomi|redmi|nokia|smartphone|tuta",
    re.IGNORECASE,
)
_GET: Final = (
    r"get|try|download|obten(?:ir|ez|er|ga)|téléchargez?r?|consigu?e|descargar?|ottieni|scarica|obt(?:er|enha)|baixar?|baixe|pobierz"
    r"|hämta|skaffa|hent|získ(?:at|ejte)|stáhn(?:out|ěte)|получит[ье]|скача(?:ть|йте)|загрузит[ье]|отрима(?:ти|йте)|завантаж(?:ити|те)"
    r"|获取|下载|取得|下載|holen sie sich|laden sie|hanki"
)
_GOTTEN: Final = r"herunterladen|beziehen|downloaden|holen|abrufen|edinin|indirin|を入手(?:する)?|をダウンロード"
_OFFER: Final = re.compile(rf"^\s*(?:(?:{_GET}) ?[^.,;!?]{{2,60}}|[^.,;!?]{{4,50}}? ?(?:{_GOTTEN}))\s*$", re.IGNORECASE)
_BRIEF: Final = re.compile(
    r"^\s*(?:простите за краткость|прошу прощения за краткость|sent with tuta|gesendet mit tuta|envoyé avec tuta|provenance\s?: (?:courrier|mail))",
    re.IGNORECASE,
)
_LINKS: Final = re.compile(
    r"\s*(?:<(?:https?:|mailto:|www)[^<>\s]*>|[(\[]\s*(?:https?:|www)[^()\[\]\s]*\s*[)\]]|https?:\S+)\s*"
)
_LINKED: Final = re.compile(r"\[([^\[\]]{1,60})\](?=\()")
_QUOTED_NAME: Final = re.compile(r"[\"«»“”„]")

# -- disclaimers -----------------------------------------------------------------------------------

_THIS_MAIL: Final = (
    r"(?:this|the (?:information|contents?) (?:contained )?(?:in|of) this) (?:e-?mail|electronic mail|message|communication|transmission)"
    r"|if you (?:are not the|have received this)|(?:настоящее|данное|это) (?:электронное )?(?:сообщение|письмо)|информация, содержащаяся в"
    r"|(?:це|дане) (?:електронне )?(?:повідомлення|лист)|інформація, що міститься"
    r"|diese (?:e-?mail|nachricht)|der inhalt dieser|(?:ce|cet) (?:message|courriel|e-?mail)|le contenu de ce"
    r"|este (?:mensaje|correo|e-?mail)|la información contenida|(?:le informazioni|il contenuto di quest)|quest[ao] (?:messaggio|e-?mail|comunicazione)"
    r"|ai sensi (?:e per gli effetti )?de|informacj[ae] zawart[ae] w|die in dieser (?:e-?mail|nachricht) enthaltene|les informations contenues"
    r"|as informações contidas|informationen i dett|informace obsažené v|esta mensagem|este e-?mail|a informação contida|de (?:informatie|inhoud) .{0,40}(?:e-?mail|bericht)"
    r"|(?:deze|dit) (?:e-?mail|bericht)|(?:ta|niniejsza) wiadomość|treść (?:tej|niniejszej) wiadomości|detta (?:e-post)?meddelande"
    r"|den här e-posten|(?:tato|tento) (?:zpráva|e-?mail)|obsah (?:této zprávy|tohoto e-?mailu)|bu (?:e-?posta|mesaj|ileti)"
    r"|本(?:邮件|郵件|信件|メール)|此(?:邮件|郵件)|このメール"
)
_TITLES: Final = (
    r"(?:confidentiality|legal|privacy|important|disclaimer) ?(?:notice|note|disclaimer|information)?\s?[:.\n-]|disclaimer|confidential\s?[:.-]"
    r"|aviso (?:legal|de confidencialidade?)|avviso (?:di riservatezza|legale)|avis (?:de confidentialité|important)|hinweis:|wichtiger hinweis"
    r"|vertraulichkeitshinweis|yasal uyarı|gizlilik|уведомление о конфиденциальности|внимание[!:]|免责声明|免責聲明|声明：|聲明：|upozornění:"
    r"|klauzula|sekretess"
)
_DISCLAIMER: Final = re.compile(rf"^\W{{0,6}}(?:{_THIS_MAIL}|{_TITLES})", re.IGNORECASE)
_CONFIDES: Final = re.compile(
    r"confidential|privileged|intended (?:only |solely )?(?:recipient|for)|addressee|конфиденциальн|адресат|конфіденційн|vertraulich"
    r"|rechtlich geschützt|confidentiel|destinataire|confidencia|destinat[aá]ri|privilegiad|riservat|vertrouwelijk|geadresseerde"
    r"|niet voor u (?:is )?bestemd|poufn|adresat|konfidenti|avsedd? för|důvěrn|adresát|gizli|muhatab|机密|保密|機密|仅供收件人",
    re.IGNORECASE,
)
_PAPER: Final = re.compile(
    r"^\W{0,4}(?:p )?(?:(?:please|bitte|por favor|пожалуйста,?) )?(?:consider|think (?:of|about)|save|before (?:you )?print|do you really|denken sie"
    r"|schonen|avant d|pensez|n'imprimez|antes de|piensa|pense|prima di|pensa|rispett|denk|zanim|pomyśl|tänk|než|lütfen|прежде|подумайте"
    r"|берегите|перш)",
    re.IGNORECASE,
)
_TREES: Final = re.compile(
    r"environment|umwelt|environnement|medio ?ambiente|meio ambiente|ambiente|milieu|środowisk|miljö|životní prostředí|çevre"
    r"|окружающ|природ|довкілля",
    re.IGNORECASE,
)
_PRINTS: Final = re.compile(
    r"print|druck|imprim|stampa|afdruk|druk|skriv\w* ut|tisk|yazdır|распечат|печат|друк|роздруков", re.IGNORECASE
)
# Most mails have none of these words, and finding that out is much faster than matching the phrases.
_LEGAL: Final = (
    "confiden", "privileg", "intended", "addressee", "vertraulich", "destina", "riservat", "vertrouwelijk", "bestemd", "poufn",
    "adresat", "konfidenti", "avse", "gizli", "muhatab", "environ", "umwelt", "ambiente", "milieu", "virus", "viren", "www.av",
)  # fmt: skip
_LEGAL_ABROAD: Final = (
    "конфиденц", "адресат", "конфіденц", "geschützt", "důvěrn", "adresát", "密", "收件人", "środowisk", "miljö", "prostředí", "çevre",
    "окружающ", "природ", "довкілля", "vírus", "virüs", "вирус",
)  # fmt: skip
_SCANNED: Final = re.compile(
    r"^\W{0,3}(?:[^\W\d_][^.,;:!?]{2,40}\.? ?www\.(?:avast|avg)\.\w{2,3}\b|this (?:e-?mail|message) (?:has been|was) (?:checked|scanned)"
    r"|diese e-?mail wurde .{0,60}(?:viren|geprüft)|cet? e-?mail .{0,60}antivirus|est[ea] (?:correo|mensaje|e-?mail|mensagem) .{0,80}v[ií]rus"
    r"|quest[ao] e-?mail è stata controllata|deze e-?mail is gecontroleerd op|(?:это|данное) (?:письмо|сообщение) проверено на"
    r"|ta wiadomość .{0,60}(?:antywirus|wirus)|tento e-?mail .{0,60}antivir|bu e-?posta .{0,60}virüs)",
    re.IGNORECASE,
)


# Looking at these first spares trying the phrases on every line.
_FIRSTS: Final = frozenset(
    (
        "se",
        "wr",
        "ty",
        "от",
        "на",
        "ві",
        "ge",
        "ve",
        "di",
        "en",
        "in",
        "vo",
        "wy",
        "sk",
        "od",
        "lä",
        "пр",
        "pr",
        "发自",
        "發自",
    )
)


_LEGAL_ANYWHERE: Final = (*_LEGAL, *_LEGAL_ABROAD)
_NAMES: Final = ("Outlook", "Mail", "nderildi", "送", "发送")


def may_disclaim(text: str) -> bool:
    """Whether a disclaimer may stand in a text; looking at all of it once spares trying the phrases on every line."""
    lower = text.lower()
    return any(map(lower.__contains__, _LEGAL if lower.isascii() else _LEGAL_ANYWHERE))


def names_program(text: str) -> bool:
    """Whether a text holds a word without which most lines that programs add to a mail are not known."""
    return any(map(text.__contains__, _NAMES))


def is_sent_from(line: str, *, may_name: bool = True) -> bool:
    """Whether a line is what a telephone or a program adds below a mail; `may_name` as `names_program` of its text."""
    if len(line) > 300:
        return False
    is_phrase = line.lstrip()[:2].lower() in _FIRSTS
    if not (is_phrase or (may_name and names_program(line))):
        return False
    bare = line
    if "<" in line or "http" in line or "[" in line:
        bare = " ".join(_LINKS.sub(" ", _LINKED.sub(r"\1", line)).split())
    bare = _QUOTED_NAME.sub("", bare).rstrip()
    if bare.endswith(".") and _PRODUCT.search(bare):
        bare = bare[:-1]
    if is_phrase and (_SENT_FROM.match(bare) or _BRIEF.match(bare)):
        return True
    return _is_offer(bare, line) or bool(_DEVICE_SENT.match(bare))


def _is_offer(bare: str, line: str) -> bool:
    """Whether a line asks to install the program that the mail was written with: "Get Outlook for iOS"."""
    if len(bare) > 70 or not ("Outlook" in bare or "Mail" in bare):
        return False
    return "aka.ms/" in line or (("iOS" in bare or "Android" in bare) and bool(_OFFER.match(bare)))


def is_disclaimer(line: str, below: str) -> bool:
    """Whether a line, with the text `below` it, begins what lawyers or scanners add; it may be broken over lines."""
    if _DISCLAIMER.match(line):
        return bool(_CONFIDES.search(line) or _CONFIDES.search(below))
    if len(line) > 250:
        return False
    if _PAPER.match(line) and _TREES.search(line) and _PRINTS.search(line):
        return True
    return bool(_SCANNED.match(line))
