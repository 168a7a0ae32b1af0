"""The phrases by which machines that write in people's names are known, in the languages of our users."""

from __future__ import annotations

import re
from typing import Final

# Most mails have none of these words, and finding that out is much faster than matching the phrases.
ROOTS: Final = (
    "auto", "автома", "отомат", "otomatik", "αυτόμα", "自动", "自動", "자동",
)  # fmt: skip
UNANSWERED_ROOTS: Final = (
    "not reply", "n't reply", "not respond", "n't respond", "to reply", "to respond", "monitored", "is not read", "отвеча", "відповіда",
    "nicht auf", "répond", "responda", "responde", "rispond", "antwoord", "odpowiada", "svara", "inte detta", "inte på detta",
    "neodpovíd", "yanıtlama", "cevaplama", "回复", "回覆", "返信",
)  # fmt: skip
CHALLENGE_ROOTS: Final = (
    "allowed",
    "approved",
    "white",
    "safe",
    "guest",
    "human",
    "you are real",
    "a real",
    "you're real",
)
ABSENCE_ROOTS: Final = (
    "out of", "be back", "closed", "geschlossen", "wieder", "erreichbar", "elternzeit", "командиров", "отсутств", "рабочем", "відсутн", "kontor", "kancel", "ferie", "lomalla", "szabads", "away", "leave", "vacation", "holiday", "отпуск", "відпуст", "офис", "urlaub", "büro", "haus", "absent", "abwesend",
    "congé", "vacaciones", "ausente", "oficina", "ferie", "assente", "férias", "fora", "vakantie", "afwezig", "aanwezig", "urlop", "biur",
    "nieobecn", "semester", "ledig", "dovolen", "izin", "ofis", "休", "不在",
)  # fmt: skip


def _any(*phrases: str) -> re.Pattern[str]:
    return re.compile("|".join(phrases), re.IGNORECASE)


# A text that says of itself that it is an automatic answer.
ANSWERED: Final = _any(
    r"\b(?:this|following)(?: e-?mail| message)? (?:is|was) an? auto(?:matic|mated|-?generated|\w+ \w+)(?: \w+){0,2}?"
    r" ?(?:reply|response|answer|acknowledge?ment|confirmation (?:of|that))",
    r"\b(?:reply|response) (?:was|is|has been) (?:automatically generated|generated automatically)",
    r"\b(?:automatically|auto-?) ?generated (?:in|as an?) (?:response|reply|answer)|\b(?:by|from) the vacation program",
    r"это (?:был )?автоматический ответ|(?:данный|этот) ответ (?:был )?(?:создан|сформирован|отправлен)\w* автоматически",
    r"(?:це|це є) автоматична відповідь|(?:ця|дана) відповідь (?:створена|сформована|надіслана) автоматично",
    r"(?:dies|das|hierbei|es) (?:ist|handelt es sich um|handelt sich um) eine(?:r)? automatisch\w*"
    r" (?:generierte |erstellte |erzeugte |versendete )?(?:antwort|abwesenheit|eingangs|empfangs)",
    r"ceci est (?:une réponse|un accusé de réception) automatique|cette réponse (?:est|a été) (?:envoyée |générée )?automatique",
    r"(?:esta|ésta) es una respuesta automática|(?:questa è una|la presente è una) risposta automatica",
    r"esta é uma resposta automática|dit is een automatisch\w* (?:gegenereerd )?(?:antwoord|ontvangst)",
    r"(?:to jest )(?:automatyczna odpowiedź|odpowiedź automatyczna|automatyczne potwierdzenie)",
    r"det(?:ta|te) är ett automatiskt svar|dette er et automatisk svar|toto je automatická odpově[dď]",
    r"bu otomatik bir (?:yanıt|cevap)|tämä on automaattinen vastaus|ez egy automatikus válasz",
    r"acesta este un răspuns automat|това е автоматичен отговор|αυτή είναι (?:μια )?αυτόματη απάντηση",
    r"这是(?:一封)?(?:系统)?自动(?:回复|答复)|這是(?:一封)?自動(?:回覆|回復)|自動(?:返信|応答)(?:メール)?(?:です|となります|になります)",
)
# That no person has sent it; people's notices are sent so too, so more must say that it answers or wants no answer.
SENT_BY_MACHINE: Final = _any(
    r"\bthis (?:is|was) (?:(?:just|only|an?|\w+) ){0,3}(?:auto(?:matic|matically|mated)|auto-?generated)\b",
    r"\bthis auto(?:matic|mated|-?generated|matically generated) ",
    r"\b(?:e-?mail|message|notification|confirmation) (?:was|is|has been) (?:auto-?|automatically )(?:generated|sent|created)",
    r"\b(?:e-?mail|message|notification) (?:was|is|has been) (?:generated|sent|created) (?:automatically|by an? automat\w+)",
    r"(?:это|данное|настоящее|является)(?: \w+)? автоматическ(?:ое|ая|им)|(?:^|[.!:] ?)автоматическое (?:подтвержд|уведомл|сообщ)",
    r"автоматически (?:создан|сформирован|сгенерирован|отправлен)",
    r"(?:письмо|сообщение|уведомление)(?: было)? (?:создано|сформировано|сгенерировано|отправлено|выслано)(?: \w+)? автоматически",
    r"(?:оно|это) (?:было )?(?:создано|сформировано|отправлено) автоматически",
    r"(?:це|даний|цей)(?: \w+)? автоматичн(?:е|ий)|автоматично (?:створен|сформован|згенерован|надіслан)",
    r"(?:лист|повідомлення)(?: було)? (?:створен|сформован|згенерован|надіслан)\w* автоматично",
    r"(?:dies(?:e[rs]?)?|dieser|hier|es|hierbei)(?: (?:ist|handelt|es|sich|um|eine?r?|nur)){0,6} automatisch",
    r"automatisch (?:\w+ )?(?:generiert|erstellt|erzeugt|versendet|versandt|gesendet|verschickt)(?!e)",
    r"(?:ceci est|il s'agit d')(?: ?une?)? (?:message|e-?mail|courriel|mail|notification) (?:envoyée? |généré |de façon )?automatique",
    r"(?:message|e-?mail|courriel|mail) (?:est|a été) (?:envoyé|généré|créé) automatique",
    r"(?:este|esta|ésta|esto) es una? (?:mensaje|correo|e-?mail|notificación)(?: \w+)? automátic",
    r"(?:mensaje|correo|e-?mail)(?: electrónico)? (?:se ha|ha sido|fue|se) (?:generado|enviado|genera|envía)(?: de forma)? automátic",
    r"(?:questo|questa) è una? (?:messaggio|e-?mail|mail|notifica)(?: \w+)? automatic|(?:messaggio|e-?mail) (?:è stat[oa] )?(?:generat|inviat)[oa] automatic",
    r"(?:esta|este) é uma? (?:mensagem|e-?mail)(?: \w+)? automátic|(?:mensagem|e-?mail) (?:foi )?(?:gerad|enviad)[oa] automatic",
    r"(?:dit is een|deze) automatisch|(?:bericht|e-?mail|mail) (?:is|wordt|werd) automatisch",
    r"(?:to jest|ta|to) automatyczn|(?:wiadomość|e-?mail)(?: (?:została|jest|wygenerowan[ay]|wysłan[ay])){1,3} automatycznie",
    r"det(?:ta| här) är (?:ett|en) automatisk|(?:meddelande|mejl|mail)\w*(?: (?:är|har|skickas|genererats|skickats)){1,3} automatiskt",
    r"(?:toto je|tento|tato) automatick|(?:zpráva|e-?mail) (?:byla?|je) (?:\w+ )?automaticky",
    r"bu (?:bir )?otomatik|(?:mesaj|ileti|e-?posta) otomatik",
    r"自动(?:发送|发出|生成)|自動(?:發送|發出|產生|送信|配信|生成)|自動的に(?:送信|配信|生成)",
)
NO_ANSWER: Final = _any(
    r"do(?: not|n't) (?:reply|respond)(?: directly)? to (?:this|the) (?:\w+ )?(?:e-?mail|message|mail|notification|address)",
    r"please do(?: not|n't) (?:reply|respond)(?: directly)?(?: to it)?(?:[.!]|$)|no need to (?:reply|respond) to this",
    r"(?:mailbox|inbox|address|account) is (?:not|un) ?(?:monitored|read)",
    r"не (?:нужно |надо |следует |требуется )?отвеча(?:йте|ть),? (?:пожалуйста,? )?на (?:это|данное|него)|отвечать на (?:него|это письмо) не (?:нужно|надо|требуется)",
    r"(?:просьба|просим)(?: вас)? не отвечать|не відповіда(?:йте|ти),? (?:будь ласка,? )?на (?:це|цей|нього)",
    r"nicht auf diese (?:e-?mail|nachricht|mail)|ne pas y répondre|ne (?:pas répondre|répondez pas) (?:directement )?à (?:cet?|cette) (?:message|e-?mail|mail|courriel|adresse)",
    r"no (?:lo )?respond(?:a|er|as)?(?: a)? (?:este|esta|al)|por favor,? no respond|non rispond\w+ (?:a quest|al)|(?:prega|preghiamo) di non rispondere",
    r"não respond(?:a|er) (?:a )?est|por favor,? não respond|(?:hier)?niet (?:op )?(?:te )?(?:beantwoorden|antwoorden)",
    r"nie odpowiada(?:j|ć|jcie) na (?:tę|ten|nią)|na nią nie odpowiadać|(?:inte|ej)(?: att| går att)? svara(?:s)? på|inte (?:på )?detta|går (?:inte|ej) att svara",
    r"neodpovídejte|yanıtlamay|cevaplamay|请(?:勿|不要)(?:直接)?回[复覆]|請(?:勿|不要)(?:直接)?回[復覆]|返信(?:しないで|いただいても|はできません|不要)",
)
# That it answers a mail: not that somebody got something, as in "if you have received this in error".
RECEIVED: Final = _any(
    r"\bwe(?: have|'ve)? (?:\w+ )?received (?:your|the following)|\bwe(?: have|'ve)? got your (?:e-?mail|message|request)",
    r"\b(?:request|e-?mail|message|ticket|enquiry|inquiry|case|issue)(?: \S+){0,3} (?:has|have) been"
    r" (?:\w+ )?(?:received|created|opened|logged|registered|assigned|submitted)",
    r"(?:confirm|acknowledge)\w*(?: that)?(?: we)?(?: have)? recei(?:ved|pt of) (?:your|the)|\breceived your",
    r"will (?:reply|respond|answer|get back|be in touch)",
    r"(?:обращение|заявк[аиу]|запрос|письмо|сообщение|тикет|вопрос)\b.{0,60}\b(?:получен|доставлен|поступил|принят|зарегистрирован|создан[аоы]?\b(?! автом))",
    r"(?:обращени|заявк)\w* присвоен|(?:получили|приняли|зарегистрировали) ваш|(?:получен|принят|зарегистрирован)[аоы]? (?:\w+ )?(?:ваш|обращени|заявк)",
    r"(?:звернення|запит|заявк[ау]|лист|повідомлення)\b.{0,60}\b(?:отриман|прийнят|принят|зареєстрован)|отримали ваш",
    r"(?:ist|sind) (?:\S+ ){0,4}?eingegangen|haben (?:wir )?(?:ihr|dein|eure)\w* (?:\S+ ){0,4}?erhalten|ticket.{0,30}(?:erstellt|eröffnet)",
    r"avons bien (?:reçu|pris)|(?:demande|message) (?:\S+ ){0,3}(?:bien )?(?:été )?(?:reçue?|enregistrée?)|accusons réception",
    r"(?:hemos|se ha) recibido|(?:solicitud|mensaje) ha sido (?:recibid|registrad)|abbiamo ricevuto|è stata (?:ricevuta|registrata|aperta)",
    r"(?:recebemos|foi recebid|foi registrad)|(?:hebben|is|werd) (?:\S+ ){0,5}?ontvangen|(?:otrzymaliśmy|zostało (?:przyjęte|zarejestrowane))",
    r"(?:har (?:\S+ )?(?:mottagit|tagit emot|fått)|är mottaget)|(?:jsme|byl[ao]?) (?:\S+ ){0,3}?(?:přija|obdrž|zaregistr)|přijat|obdrželi|potvrzujeme přijetí",
    r"alındı|alınmıştır|ulaşmıştır|(?:已|經)?收到(?:您|你|了)|已(?:收到|受理)|受け(?:付|つ)け|承りました|受付(?:いた|完了)",
)
THANKS: Final = _any(
    r"thank you for (?:contacting|your|reaching|getting)|thanks for (?:contacting|your|reaching|getting)",
    r"(?:vielen|herzlichen) dank für (?:ihre?|deine?) (?:e-?mail|nachricht|anfrage|mitteilung)|merci (?:de|pour) (?:nous avoir|votre)",
    r"спасибо за (?:ваше )?(?:обращение|письмо|сообщение)|благодар(?:им|ю)|дяку(?:ємо|ю) за|gracias por (?:contactar|su|escribir)|grazie per (?:aver|la|il)",
    r"obrigad[oa] (?:por|pel[oa])|bedankt voor|dziękuj(?:ę|emy) za|tack för (?:ditt|att)|děkuj(?:i|eme) za|teşekkür|感谢|感謝|ありがとうございます",
)
# A page of ours that a customer has filled in sends mail too, and that is theirs.
BY_FORM: Final = _any(
    r"contact(?: us)? form|web ?form|kontaktformular|форм[аыуе] обратной связи|форм[аыуе] на сайте|форм[иу] зворотного зв",
    r"formulaire (?:de contact|web)|formulario (?:de contacto|web)|modulo (?:di )?contatt|formulário de contat|contactformulier",
    r"formularz\w* kontakt|kontaktní\w* formulář|kontaktformulär|iletişim formu",
    r"お問い合わせフォームから|联系表单|聯絡表單",
)
CHALLENGE: Final = _any(
    r"(?:\b(?:be|not|get)(?: \w+)?|\byour (?:e-?mail )?address) (?:added to|on) (?:[\w'’]+ ){0,3}(?:allowed|approved|white|safe|guest) ?list",
    r"(?:please|click\b.{0,60}|must|need to|asked to|required to) (?:prove|confirm|verify) (?:that )?you(?:'re| are) (?:a )?(?:human|real)",
)
ABSENT: Final = _any(
    r"\bi(?:'m| am| will be|'ll be)(?: \w+){0,3} (?:out of (?:the |my )?office|away|on (?:\w+ )?(?:leave|vacation|holiday|parental))",
    r"\b(?:currently|am) (?:out of (?:the )?office|away from|on (?:\w+ )?(?:leave|vacation|holiday))",
    r"\bi will be back (?:in the office )?on|\bour office (?:is|will be) closed|unser büro ist .{0,40}geschlossen",
    r"ich bin (?:\S+ ){0,5}?wieder (?:im büro|im haus|erreichbar|für sie)",
    r"я (?:сейчас |буду |нахожусь )*(?:в (?:\w+ )?отпуске|вне офиса)|меня (?:нет|не будет) (?:на рабочем месте|в офисе)|отсутствую",
    r"нахожусь в (?:\w+ )?(?:отпуске|командировке)|я (?:зараз )?(?:перебуваю )?у відпустці|буду відсутн",
    r"ich (?:bin|werde|befinde mich) (?:\S+ ){0,8}?(?:nicht im (?:büro|haus)|im urlaub|in urlaub|abwesend|außer haus|nicht erreichbar|in elternzeit)",
    r"bin (?:\S+ ){0,8}?(?:nicht im (?:büro|haus)|im urlaub|abwesend|außer haus|in elternzeit)",
    r"je (?:suis|serai) (?:\w+ )?(?:absente?|en congés?|en vacances)|actuellement (?:absente?|en congés?)",
    r"(?:estoy|estaré|me encuentro) (?:fuera de la oficina|de vacaciones|ausente)|(?:sono|sarò) (?:\w+ )?(?:assente|fuori (?:sede|ufficio)|in ferie)",
    r"(?:estou|estarei|encontro-me) (?:\w+ )?(?:de férias|ausente|fora do escritório)|ik ben (?:\S+ ){0,5}?(?:afwezig|niet aanwezig|met vakantie|op vakantie)",
    r"(?:jestem|przebywam|będę) (?:\w+ )?(?:na urlopie|poza biurem|nieobecn)|jag är (?:\w+ )?(?:på semester|inte på kontoret|ledig|tjänstledig)",
    r"jeg er (?:\w+ )?(?:på ferie|ikke på kontoret)|(?:jsem|budu) (?:\S+ ){0,3}?(?:na dovolené|mimo kancelář)|olen lomalla|szabadságon vagyok",
    r"(?:yıllık )?izindeyim|izinde olacağım|ofis dışındayım|我(?:正在|目前|现在)?(?:休假|度假|不在办公室)|(?:休暇|休業)(?:中|を(?:取|い))|不在(?:です|にして|のため)",
)
# What notes of absence say besides, and hardly anybody who writes to somebody.
NOTED: Final = _any(
    r"(?:limited|no|intermittent|restricted|not have|without) access to (?:my )?(?:e-?mail|mailbox|inbox)",
    r"(?:answer|reply|respond|get back)\b.{0,40} (?:when|upon|after|on|once) (?:i |we |my |our )?(?:(?:am|are) back|return)|need immediate assistance",
    r"your (?:e-?mail|message) will (?:not )?be (?:\w+ )?(?:forwarded|read|answered)",
    r"доступ к почте|отвечу .{0,40}(?:после|по) (?:моего )?возвращени|доступу до пошти|відповім .{0,40}після повернення",
    r"(?:e-?mail|nachricht) wird (?:\S+ ){0,3}?(?:weitergeleitet|gelesen|bearbeitet)|nach meiner rückkehr|eingeschränkte?n? zugriff|nur gelegentlich",
    r"(?:répondrai|réponse) .{0,40}(?:à|dès) mon retour|accès limité|responderé .{0,40}(?:a mi|cuando)|acceso limitado|al mio (?:rientro|ritorno)",
    r"no meu (?:regresso|retorno)|acesso limitado|bij (?:mijn )?terugkomst|beperkt(?:e)? toegang|po (?:moim )?powrocie|när jag är tillbaka|po návratu",
    r"döndüğümde|返回后|回来后|戻り次第",
)
URGENT: Final = _any(
    r"(?:for|in) (?:\w+ )?(?:urgent|emergenc)|if (?:it is|this is|your \w+ is)? ?urgent|in my absence,? (?:please )?contact",
    r"(?:по|при) срочным|в случае срочн|в срочных случаях|з термінових|у термінових|in (?:sehr )?dringenden|bei dringenden|meine vertretung",
    r"en cas d'urgence|pour toute urgence|en mon absence|(?:en caso de|para|si es) (?:\w+ )?urgen|en mi ausencia|per (?:\w+ )?urgen|in caso di urgen",
    r"em caso de urg|assuntos urgentes|na minha ausência|(?:voor|bij|in) (?:dringende|spoed)|w (?:sprawach )?pilnych|brådskande|v naléhavých|v urgentních",
    r"acil (?:durum|konu)|紧急|緊急|お急ぎ",
)
RECEIPT_SUBJECT: Final = _any(
    r"\s*(?:(?:not )?read|read receipt|return receipt|gelesen|ungelesen gelöscht|прочтено|прочитано|lu|non lu|leído|letto|lida?|lido|gelezen"
    r"|przeczytan[eo]|läst|přečteno|okundu|已读|已讀|開封済み)\b ?[:：(]"
)
# When it was read follows or stands between: a lawyer may have read a contract.
RECEIPT_TEXT: Final = _any(
    r"\bwas (?:read|displayed|deleted without being read) (?:on|at) .{0,40}\d|receipt (?:verifies|shows|only acknowledges) that the message",
    r"this is a (?:return )?receipt for the (?:mail|message)|wurde (?:am|um) .{5,60}(?:gelesen|ungelesen gelöscht)",
    r"прочитан[оа] \d|a été lu le .{0,40}\d|(?:fue|ha sido) leído el .{0,40}\d|è stat[oa] lett[oa] (?:il|alle) .{0,40}\d|foi lid[oa] em .{0,40}\d",
    r"is gelezen op .{0,40}\d|została? przeczytan[ay] .{0,40}\d|lästes .{0,40}\d|byla? přečten[ao]? .{0,40}\d|tarihinde okundu",
)
