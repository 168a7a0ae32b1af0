<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru" sourcelanguage="en_US">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About DeskHelp</source>
        <translation>О программе DeskHelp</translation>
    </message>
    <message>
        <source>A helpdesk for a shared mailbox that needs no server of its own.
MIT licence. Qt is used under the LGPL version 3; its source is at https://download.qt.io/.</source>
        <translation>Служба поддержки на общем почтовом ящике, которой не нужен свой сервер.
Лицензия MIT. Qt используется по LGPL версии 3; её исходный код: https://download.qt.io/.</translation>
    </message>
    <message>
        <source>Licences of the parts</source>
        <translation>Лицензии составных частей</translation>
    </message>
</context>
<context>
    <name>AccountWizard</name>
    <message>
        <source>Connect a mailbox</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Back</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Connect</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Continue</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>AccountsPage</name>
    <message>
        <source>No mailbox is connected yet.</source>
        <translation>Пока не подключён ни один ящик.</translation>
    </message>
    <message>
        <source>Connect a mailbox…</source>
        <translation>Подключить ящик…</translation>
    </message>
    <message>
        <source>Mailboxes</source>
        <translation>Почтовые ящики</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>Убрать…</translation>
    </message>
    <message>
        <source>Name that customers see</source>
        <translation>Имя, которое видят клиенты</translation>
    </message>
    <message>
        <source>Incoming mail (IMAP)</source>
        <translation>Входящая почта (IMAP)</translation>
    </message>
    <message>
        <source>Outgoing mail (SMTP)</source>
        <translation>Исходящая почта (SMTP)</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Папка</translation>
    </message>
    <message>
        <source>Sent folder</source>
        <translation>Папка отправленных</translation>
    </message>
    <message>
        <source>found by itself if empty</source>
        <translation>если пусто, найдётся сама</translation>
    </message>
    <message>
        <source>Further own addresses</source>
        <translation>Другие свои адреса</translation>
    </message>
    <message>
        <source>separated by commas</source>
        <translation>через запятую</translation>
    </message>
    <message>
        <source>Own certificate authority</source>
        <translation>Свой центр сертификации</translation>
    </message>
    <message>
        <source>Copies of what is sent</source>
        <translation>Копии отправленного</translation>
    </message>
    <message>
        <source>look first, then file one</source>
        <translation>проверить, затем положить</translation>
    </message>
    <message>
        <source>the provider files them</source>
        <translation>кладёт почтовый сервис</translation>
    </message>
    <message>
        <source>DeskHelp files them</source>
        <translation>кладёт DeskHelp</translation>
    </message>
    <message>
        <source>Signature</source>
        <translation>Подпись</translation>
    </message>
    <message>
        <source>type a new one to change it</source>
        <translation>чтобы сменить, введите новый</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Пароль</translation>
    </message>
    <message>
        <source>Test the connection</source>
        <translation>Проверить соединение</translation>
    </message>
    <message>
        <source>Remove mailbox</source>
        <translation>Убрать ящик</translation>
    </message>
    <message>
        <source>Stop reading %1? Its tickets stay; its password is removed from the keyring.</source>
        <translation>Больше не читать %1? Заявки останутся, пароль будет удалён из хранилища.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Убрать</translation>
    </message>
</context>
<context>
    <name>AddressPage</name>
    <message>
        <source>Which mailbox do you answer?</source>
        <translation>На какой ящик вы отвечаете?</translation>
    </message>
    <message>
        <source>The address that customers write to. DeskHelp reads it and changes nothing on the server: no mail is marked as read, moved or deleted.</source>
        <translation>Адрес, на который пишут клиенты. DeskHelp читает его и ничего не меняет на сервере: письма не помечаются прочитанными, не переносятся и не удаляются.</translation>
    </message>
    <message>
        <source>Support</source>
        <translation>Поддержка</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Адрес</translation>
    </message>
    <message>
        <source>Name that customers see</source>
        <translation>Имя, которое видят клиенты</translation>
    </message>
</context>
<context>
    <name>AgentPage</name>
    <message>
        <source>Agents are the people who answer: tickets are assigned to them.</source>
        <translation>Сотрудники отвечают клиентам: на них назначаются заявки.</translation>
    </message>
    <message>
        <source>New agent</source>
        <translation>Новый сотрудник</translation>
    </message>
    <message>
        <source>Agents</source>
        <translation>Сотрудники</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Имя</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Адрес</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Роль</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>Сотрудник</translation>
    </message>
    <message>
        <source>Team lead</source>
        <translation>Руководитель группы</translation>
    </message>
    <message>
        <source>Administrator</source>
        <translation>Администратор</translation>
    </message>
    <message>
        <source>Color</source>
        <translation>Цвет</translation>
    </message>
    <message>
        <source>Signature</source>
        <translation>Подпись</translation>
    </message>
</context>
<context>
    <name>BulkPage</name>
    <message numerus="yes">
        <source>%n ticket(s) selected</source>
        <translation type="unfinished">
            <numerusform />
            <numerusform />
            <numerusform />
        </translation>
    </message>
</context>
<context>
    <name>CannedPage</name>
    <message>
        <source>Canned replies save typing what is asked every day. Make one, or bring in a file of them.</source>
        <translation>Шаблоны ответов избавляют от набора того, о чём спрашивают каждый день. Создайте первый или загрузите из файла.</translation>
    </message>
    <message>
        <source>New reply</source>
        <translation>Новый шаблон</translation>
    </message>
    <message>
        <source>Canned replies</source>
        <translation>Шаблоны ответов</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Имя</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Папка</translation>
    </message>
    <message>
        <source>Printing/Office</source>
        <translation>Печать/Офис</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Язык</translation>
    </message>
    <message>
        <source>Any</source>
        <translation>Любой</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Текст</translation>
    </message>
    <message>
        <source>Also found by</source>
        <translation>Искать также по</translation>
    </message>
    <message>
        <source>words separated by blanks</source>
        <translation>слова через пробел</translation>
    </message>
    <message>
        <source>Leave as it is</source>
        <translation>Не менять</translation>
    </message>
    <message>
        <source>Then set status</source>
        <translation>Затем статус</translation>
    </message>
    <message>
        <source>Then add tags</source>
        <translation>Затем метки</translation>
    </message>
    <message>
        <source>names separated by commas</source>
        <translation>названия через запятую</translation>
    </message>
    <message>
        <source>Placeholders: %1. A fallback stands behind a bar: {customer.first_name|colleague}.</source>
        <translation>Подстановки: %1. Запасное значение пишется за чертой: {customer.first_name|коллега}.</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>Загрузить…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Выгрузить…</translation>
    </message>
    <message>
        <source>Bring in canned replies</source>
        <translation>Загрузить шаблоны ответов</translation>
    </message>
    <message>
        <source>Canned replies (*.toml)</source>
        <translation>Шаблоны ответов (*.toml)</translation>
    </message>
    <message>
        <source>Save canned replies</source>
        <translation>Сохранить шаблоны ответов</translation>
    </message>
</context>
<context>
    <name>CannedPicker</name>
    <message>
        <source>Insert a canned reply</source>
        <translation>Вставить шаблон ответа</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>Просмотр</translation>
    </message>
    <message>
        <source>There are no canned replies yet. Settings → Canned replies makes one.</source>
        <translation>Шаблонов пока нет. Создать: Настройки → Шаблоны ответов.</translation>
    </message>
</context>
<context>
    <name>ColorButton</name>
    <message>
        <source>Another…</source>
        <translation>Другой…</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>not saved yet</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>saved</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Attach files</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>picture %1.png</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>There is nothing to save yet.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>There is nothing to send yet.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Fill in %1 first; it would go out as it stands.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>“%1” is not a mail address.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Say to whom it goes.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The text speaks of an attachment, but nothing is attached. Send again to send it as it is.</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>ComposerForm</name>
    <message>
        <source>To</source>
        <translation>Кому</translation>
    </message>
    <message>
        <source>Cc</source>
        <translation>Копия</translation>
    </message>
    <message>
        <source>Bcc</source>
        <translation>Скрытая</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>Тема</translation>
    </message>
    <message>
        <source>Cc, Bcc, subject</source>
        <translation>Копии и тема</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Сообщение</translation>
    </message>
    <message>
        <source>Quoted text</source>
        <translation>Цитата</translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>Ответить</translation>
    </message>
    <message>
        <source>Reply all</source>
        <translation>Ответить всем</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>Переслать</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Заметка</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Отправить</translation>
    </message>
    <message>
        <source>Send and solve</source>
        <translation>Отправить и решить</translation>
    </message>
    <message>
        <source>Send and wait for the customer</source>
        <translation>Отправить и ждать клиента</translation>
    </message>
    <message>
        <source>Attach</source>
        <translation>Вложить</translation>
    </message>
    <message>
        <source>Canned reply</source>
        <translation>Шаблон</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Удалить черновик</translation>
    </message>
    <message>
        <source>Save note</source>
        <translation>Сохранить заметку</translation>
    </message>
    <message>
        <source>Only colleagues see this note.</source>
        <translation>Эту заметку видят только коллеги.</translation>
    </message>
    <message>
        <source>Write the answer. “/” inserts a canned reply.</source>
        <translation>Напишите ответ. «/» вставляет шаблон.</translation>
    </message>
</context>
<context>
    <name>ContextPane</name>
    <message>
        <source>About the ticket</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Customer</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Unknown sender</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Copy the address</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Copy the address %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No other tickets</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>All tickets of this customer</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Ticket</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Status</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Assignee</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>nobody</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Priority</source>
        <translation>Приоритет</translation>
    </message>
    <message>
        <source>Department</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Due</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Created</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Mailbox</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Tickets with this tag</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Tag</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>History</source>
        <translation type="unfinished" />
    </message>
    <message numerus="yes">
        <source>Show all %n entries</source>
        <translation type="unfinished">
            <numerusform />
            <numerusform />
            <numerusform />
        </translation>
    </message>
</context>
<context>
    <name>ConversationHead</name>
    <message>
        <source>(no subject)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Escalated</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>sleeps until %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Unassigned</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Level %1 to %2: %3</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Also found as %1.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Copy the code</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Copy the code %1</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>ConversationPane</name>
    <message>
        <source>Conversation</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No ticket chosen</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Choose one in the list: ↓ or J. Ctrl+K finds anything.</source>
        <translation type="unfinished" />
    </message>
    <message numerus="yes">
        <source>Show %n earlier message(s)</source>
        <translation type="unfinished">
            <numerusform />
            <numerusform />
            <numerusform />
        </translation>
    </message>
</context>
<context>
    <name>DepartmentPage</name>
    <message>
        <source>Departments are where a ticket can be sent on or escalated to.</source>
        <translation>В отделы можно передать или эскалировать заявку.</translation>
    </message>
    <message>
        <source>New department</source>
        <translation>Новый отдел</translation>
    </message>
    <message>
        <source>Departments</source>
        <translation>Отделы</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Имя</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Адрес</translation>
    </message>
    <message>
        <source>where a forward goes</source>
        <translation>куда уходит пересылка</translation>
    </message>
</context>
<context>
    <name>Done</name>
    <message>
        <source>%n ticket(s): status changed</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%n ticket(s): priority changed</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%n ticket(s) assigned</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%n ticket(s): department changed</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%n ticket(s): due date changed</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%n ticket(s) snoozed</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%n ticket(s) escalated</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%n ticket(s): escalation ended</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%n ticket(s): tags changed</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%n ticket(s) marked as unread</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Tickets merged</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The message is a ticket of its own now</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Note removed</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Note saved</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Taken back</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The message is on its way</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Ticket created</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Not sent; the draft is back</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Not sent</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Held back</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Marked as sent</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>Due</name>
    <message>
        <source>Today, end of the day</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Tomorrow</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>In two days</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Friday</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>In a week</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>In a month</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>In two hours</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No due date</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>EmptyState</name>
    <message>
        <source>Clear the search</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Nothing found</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No ticket fits “%1”.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Search for “%1” instead</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Nothing is waiting for you</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Take one from “Unassigned”: I assigns it to you.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Everything has an owner</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>New mail shows up here first.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Nothing is escalated</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>“!” escalates a ticket to a person or a department.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Nothing is late</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Tickets come here when their due date has passed.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>All done</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>There is no open ticket. New mail shows up by itself.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Nothing sleeps</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>H puts a ticket away until a time you choose.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Everything was delivered</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Mail that a server refused would be listed here.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No drafts</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Answers that you began to write are kept here.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Nothing here</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No ticket belongs here at the moment.</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>EntityPage</name>
    <message>
        <source>Search</source>
        <translation>Поиск</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Удалить</translation>
    </message>
    <message>
        <source>(no name)</source>
        <translation>(без имени)</translation>
    </message>
</context>
<context>
    <name>EscalateDialog</name>
    <message>
        <source>Escalate</source>
        <translation>Эскалировать</translation>
    </message>
    <message>
        <source>1: second line</source>
        <translation>1: вторая линия</translation>
    </message>
    <message>
        <source>2: team lead</source>
        <translation>2: руководитель группы</translation>
    </message>
    <message>
        <source>3: management</source>
        <translation>3: руководство</translation>
    </message>
    <message>
        <source>A person or a department</source>
        <translation>Сотрудник или отдел</translation>
    </message>
    <message>
        <source>What has been tried, what is needed, by when</source>
        <translation>Что уже сделано, что нужно и к какому сроку</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>Уровень</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Кому</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Причина</translation>
    </message>
    <message>
        <source>Say to whom and why: without both nobody knows what to do.</source>
        <translation>Укажите, кому и почему: иначе никто не поймёт, что делать.</translation>
    </message>
</context>
<context>
    <name>FilesBar</name>
    <message>
        <source>Take %1 off</source>
        <translation>Убрать %1</translation>
    </message>
    <message>
        <source>Take off</source>
        <translation>Убрать</translation>
    </message>
</context>
<context>
    <name>GeneralPage</name>
    <message>
        <source>Language</source>
        <translation>Язык</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Как в системе</translation>
    </message>
    <message>
        <source>A new language shows after the next start.</source>
        <translation>Новый язык появится после перезапуска.</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Оформление</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Светлое</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Тёмное</translation>
    </message>
    <message>
        <source>List</source>
        <translation>Список</translation>
    </message>
    <message>
        <source>Comfortable</source>
        <translation>Просторный</translation>
    </message>
    <message>
        <source>Compact</source>
        <translation>Плотный</translation>
    </message>
    <message>
        <source>Show HTML mail on a light card in the dark appearance too</source>
        <translation>Показывать HTML-письма на светлой карточке и в тёмном оформлении</translation>
    </message>
    <message>
        <source>Tell me about new mail</source>
        <translation>Сообщать о новых письмах</translation>
    </message>
    <message>
        <source>Sending can be undone for</source>
        <translation>Отправку можно отменить в течение</translation>
    </message>
    <message>
        <source> s</source>
        <translation> с</translation>
    </message>
    <message>
        <source>“Send” also</source>
        <translation>Кнопка «Отправить»</translation>
    </message>
    <message>
        <source>leaves the status</source>
        <translation>не меняет статус</translation>
    </message>
    <message>
        <source>solves the ticket</source>
        <translation>решает заявку</translation>
    </message>
    <message>
        <source>waits for the customer</source>
        <translation>ставит ожидание клиента</translation>
    </message>
    <message>
        <source>Look for mail every</source>
        <translation>Проверять почту каждые</translation>
    </message>
    <message>
        <source>Pictures from the network</source>
        <translation>Картинки из сети</translation>
    </message>
    <message>
        <source>only when I ask for them</source>
        <translation>только по моей просьбе</translation>
    </message>
    <message>
        <source>never</source>
        <translation>никогда</translation>
    </message>
</context>
<context>
    <name>History</name>
    <message>
        <source>tag “%1” added</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>tag “%1” removed</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>opened again by %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>merged into %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>merging undone</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>a message moved to a ticket of its own</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>a note removed</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>status: %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>priority: %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>given to %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>given to nobody</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>department: %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>subject: %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>escalation ended</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>escalated to %1, level %2: %3</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>due %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>no due date</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>snoozed until %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>woken</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>LoadPage</name>
    <message>
        <source>What shall come in?</source>
        <translation>Что загрузить?</translation>
    </message>
    <message>
        <source>Older mail stays on the server; it can be brought in later as closed history.</source>
        <translation>Более старые письма останутся на сервере; их можно загрузить позже как закрытую историю.</translation>
    </message>
    <message>
        <source>The last 14 days</source>
        <translation>Последние 14 дней</translation>
    </message>
    <message>
        <source>The last 90 days</source>
        <translation>Последние 90 дней</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>Всё</translation>
    </message>
    <message>
        <source>From this date on:</source>
        <translation>Начиная с даты:</translation>
    </message>
    <message>
        <source>As colleagues and customers see it</source>
        <translation>Как его видят коллеги и клиенты</translation>
    </message>
    <message>
        <source>Kind regards, …</source>
        <translation>С уважением, …</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>Ваше имя</translation>
    </message>
    <message>
        <source>Signature</source>
        <translation>Подпись</translation>
    </message>
</context>
<context>
    <name>MailText</name>
    <message>
        <source>Text of the message</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Copy the link's address</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Search</source>
        <translation>Поиск</translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <source>&amp;File</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;View</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;Ticket</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;Go</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>T&amp;ools</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;Help</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>New ticket…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Check mail now</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Add a mailbox…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Settings…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Print…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Quit</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Undo the last action</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Copy the ticket's code</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Search</source>
        <translation>Поиск</translation>
    </message>
    <message>
        <source>Keep this search as a view…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Select or unselect</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Select downwards</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Select upwards</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Queues</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>About the ticket</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Compact list</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Next pane</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Previous pane</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Reply</source>
        <translation>Ответить</translation>
    </message>
    <message>
        <source>Reply to all</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Forward</source>
        <translation>Переслать</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Заметка</translation>
    </message>
    <message>
        <source>Assign…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Assign to me</source>
        <translation>Назначить на меня</translation>
    </message>
    <message>
        <source>Department…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Tag…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Priority…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Due date…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Snooze…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Escalate…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>End the escalation</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Status…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Solve / open again</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Solve</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Spam</source>
        <translation>Спам</translation>
    </message>
    <message>
        <source>Mark as unread</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Merge…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Do anything…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Next ticket</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Previous ticket</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Next message</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Previous message</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Back to the list</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Go to mine</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Go to unassigned</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Go to escalated</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Go to overdue</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Go to all open</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Go to snoozed</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Outbox…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Canned replies…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Tags…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Mailboxes…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Keyboard</source>
        <translation>Клавиатура</translation>
    </message>
    <message>
        <source>Open the log folder</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>About DeskHelp</source>
        <translation>О программе DeskHelp</translation>
    </message>
</context>
<context>
    <name>MessageActs</name>
    <message>
        <source>Save the attachment</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>This link does not lead where it says.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>It says: %1
It leads to: %2</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Follow it</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>MessageCard</name>
    <message>
        <source>Unknown sender</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Note by %1, %2</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Message of %1, %2</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Internal note</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>to %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>cc %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>bcc %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>More for this message</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Reply</source>
        <translation>Ответить</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>Переслать</translation>
    </message>
    <message>
        <source>Remove this note</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Make it a ticket of its own</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Open in the browser…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Show the source</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Copy the text</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>This mail could not be read. Nothing of it was lost.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Try again</source>
        <translation>Попробовать снова</translation>
    </message>
    <message>
        <source>Open the outbox</source>
        <translation type="unfinished" />
    </message>
    <message numerus="yes">
        <source>%n picture(s) from the network were not loaded.</source>
        <translation type="unfinished">
            <numerusform />
            <numerusform />
            <numerusform />
        </translation>
    </message>
    <message>
        <source>(no text)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Show the quoted text</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Attachment %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Open</source>
        <translation>Открыта</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Source of the mail</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>NewTicketDialog</name>
    <message>
        <source>New ticket</source>
        <translation>Новая заявка</translation>
    </message>
    <message>
        <source>Create ticket</source>
        <translation>Создать заявку</translation>
    </message>
    <message>
        <source>Phone call</source>
        <translation>Звонок</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>Чат</translation>
    </message>
    <message>
        <source>Visit</source>
        <translation>Визит</translation>
    </message>
    <message>
        <source>Mail</source>
        <translation>Письмо</translation>
    </message>
    <message>
        <source>From whom</source>
        <translation>От кого</translation>
    </message>
    <message>
        <source>Name or address</source>
        <translation>Имя или адрес</translation>
    </message>
    <message>
        <source>Assign to me</source>
        <translation>Назначить на меня</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>Канал</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>Тема</translation>
    </message>
    <message>
        <source>What they said</source>
        <translation>Что сказали</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>Приоритет</translation>
    </message>
    <message>
        <source>Say who asked: a name or an address.</source>
        <translation>Укажите, кто обратился: имя или адрес.</translation>
    </message>
    <message>
        <source>Say what it is about.</source>
        <translation>Укажите, о чём обращение.</translation>
    </message>
</context>
<context>
    <name>OutboxDialog</name>
    <message>
        <source>Outbox</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>State</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>To</source>
        <translation>Кому</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>Тема</translation>
    </message>
    <message>
        <source>Since</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The outbox is empty: everything has left.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Send now</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Hold</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Mark as sent</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Edit again</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Drop</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Waiting</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Being sent</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Will be tried again</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Refused</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Not to everybody</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Uncertain</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Held</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The connection broke while this was being sent, so nobody knows whether it arrived. Look into Sent or ask the customer, then decide; DeskHelp does not send it again by itself.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>This was not sent: something arrived in its ticket that its author had not seen, or it was held.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The server refused it for good. Its text is back as a draft in the ticket.</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>What would you like to do?</source>
        <translation>Что нужно сделать?</translation>
    </message>
</context>
<context>
    <name>PickerPopup</name>
    <message>
        <source>Nothing fits. Try fewer letters.</source>
        <translation>Ничего не подходит. Попробуйте меньше букв.</translation>
    </message>
</context>
<context>
    <name>Pickers</name>
    <message>
        <source>Tag: type to find or create</source>
        <translation>Метка: найдите или создайте</translation>
    </message>
    <message>
        <source>Create tag “%1”</source>
        <translation>Создать метку «%1»</translation>
    </message>
    <message>
        <source>me</source>
        <translation>я</translation>
    </message>
    <message>
        <source>Nobody</source>
        <translation>Никто</translation>
    </message>
    <message>
        <source>department</source>
        <translation>отдел</translation>
    </message>
    <message>
        <source>In three hours</source>
        <translation>Через три часа</translation>
    </message>
    <message>
        <source>This afternoon</source>
        <translation>Сегодня днём</translation>
    </message>
    <message>
        <source>This evening</source>
        <translation>Сегодня вечером</translation>
    </message>
    <message>
        <source>Tomorrow morning</source>
        <translation>Завтра утром</translation>
    </message>
    <message>
        <source>Saturday</source>
        <translation>В субботу</translation>
    </message>
    <message>
        <source>Monday</source>
        <translation>В понедельник</translation>
    </message>
    <message>
        <source>Wake now</source>
        <translation>Разбудить сейчас</translation>
    </message>
</context>
<context>
    <name>Printing</name>
    <message>
        <source>(no subject)</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>Reasons</name>
    <message>
        <source>joined by the code in the subject</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>joined by subject and sender</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>put here by hand</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>from a merged ticket</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>another copy of the same mail</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>automatic answer</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>delivery report</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>mailing list</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>invitation</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>report</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>automatic mail</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>SaveViewDialog</name>
    <message>
        <source>Keep this search</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Keep</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Name</source>
        <translation>Имя</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Поиск</translation>
    </message>
    <message>
        <source>A view needs a name and something to search for.</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>SearchBox</name>
    <message>
        <source>Search  (Ctrl+F)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Search</source>
        <translation>Поиск</translation>
    </message>
    <message>
        <source>Words, or for example status:open tag:printer from:ivanova "exact words" -not</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>ServerPage</name>
    <message>
        <source>How is it reached?</source>
        <translation>Как к нему подключиться?</translation>
    </message>
    <message>
        <source>Both connections are encrypted and the servers' certificates are checked.</source>
        <translation>Оба соединения шифруются, сертификаты серверов проверяются.</translation>
    </message>
    <message>
        <source>Copy the link to the provider's help</source>
        <translation>Скопировать ссылку на справку сервиса</translation>
    </message>
    <message>
        <source>Keep the password in this computer's keyring</source>
        <translation>Хранить пароль в хранилище паролей этого компьютера</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>Имя пользователя</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Пароль</translation>
    </message>
    <message>
        <source>Incoming mail (IMAP)</source>
        <translation>Входящая почта (IMAP)</translation>
    </message>
    <message>
        <source>Outgoing mail (SMTP)</source>
        <translation>Исходящая почта (SMTP)</translation>
    </message>
    <message>
        <source>Own certificate authority</source>
        <translation>Свой центр сертификации</translation>
    </message>
    <message>
        <source>Only for a company's own certificates (PEM file)</source>
        <translation>Только для собственных сертификатов компании (файл PEM)</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Выбрать…</translation>
    </message>
    <message>
        <source>Certificate authority</source>
        <translation>Центр сертификации</translation>
    </message>
    <message>
        <source>Certificates (*.pem *.crt *.cer)</source>
        <translation>Сертификаты (*.pem *.crt *.cer)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Все файлы (*)</translation>
    </message>
    <message>
        <source>%1 wants an app password here, made in the account's security settings, not the usual one.</source>
        <translation>%1 требует здесь пароль приложения: он создаётся в настройках безопасности, обычный не подойдёт.</translation>
    </message>
    <message>
        <source>%1 lets mail programs in by OAuth only, which this version cannot do; a password works only where the administrator still allows it.</source>
        <translation>%1 пускает почтовые программы только по OAuth, чего эта версия не умеет; пароль подойдёт, только если администратор это ещё разрешает.</translation>
    </message>
    <message>
        <source>These server names are a guess for %1; correct them if the test fails.</source>
        <translation>Имена серверов для %1 угаданы; исправьте их, если проверка не пройдёт.</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>General</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Mailboxes</source>
        <translation>Почтовые ящики</translation>
    </message>
    <message>
        <source>Canned replies</source>
        <translation>Шаблоны ответов</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Метки</translation>
    </message>
    <message>
        <source>Agents</source>
        <translation>Сотрудники</translation>
    </message>
    <message>
        <source>Departments</source>
        <translation>Отделы</translation>
    </message>
</context>
<context>
    <name>ShortcutSheet</name>
    <message>
        <source>Keyboard</source>
        <translation>Клавиатура</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Поиск</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Клавиша</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>Что делает</translation>
    </message>
</context>
<context>
    <name>Sidebar</name>
    <message>
        <source>Tags</source>
        <translation>Метки</translation>
    </message>
    <message>
        <source>Views</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Mailboxes</source>
        <translation>Почтовые ящики</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Unassigned</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Escalated</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Overdue</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>All open</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Snoozed</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Waiting</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Drafts</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Not delivered</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Solved and closed</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Spam</source>
        <translation>Спам</translation>
    </message>
    <message>
        <source>Queues</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message numerus="yes">
        <source>%n in the outbox</source>
        <translation type="unfinished">
            <numerusform />
            <numerusform />
            <numerusform />
        </translation>
    </message>
    <message>
        <source>No mailbox yet</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Checking mail…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Online · checked %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Connecting…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No connection</source>
        <translation type="unfinished" />
    </message>
    <message numerus="yes">
        <source>%n open</source>
        <translation type="unfinished">
            <numerusform />
            <numerusform />
            <numerusform />
        </translation>
    </message>
    <message numerus="yes">
        <source>%n overdue</source>
        <translation type="unfinished">
            <numerusform />
            <numerusform />
            <numerusform />
        </translation>
    </message>
</context>
<context>
    <name>StepList</name>
    <message>
        <source>Connection test</source>
        <translation>Проверка соединения</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>Скопировать подробности</translation>
    </message>
</context>
<context>
    <name>TagPage</name>
    <message>
        <source>Tags sort tickets by topic. Make one here, or while tagging a ticket.</source>
        <translation>Метки сортируют заявки по темам. Создайте метку здесь или прямо в заявке.</translation>
    </message>
    <message>
        <source>New tag</source>
        <translation>Новая метка</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Метки</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Имя</translation>
    </message>
    <message>
        <source>Color</source>
        <translation>Цвет</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Описание</translation>
    </message>
</context>
<context>
    <name>TestPage</name>
    <message>
        <source>Trying it</source>
        <translation>Проверка</translation>
    </message>
    <message>
        <source>Each step is checked; nothing is changed.</source>
        <translation>Проверяется каждый шаг; ничего не меняется.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Попробовать снова</translation>
    </message>
</context>
<context>
    <name>TicketActs</name>
    <message>
        <source>Assign to</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No department</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Department</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Status</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Priority</source>
        <translation>Приоритет</translation>
    </message>
    <message>
        <source>Due</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Snooze until</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Merge %1 into</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>TicketListPane</name>
    <message>
        <source>Latest activity</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Newest ticket</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Waiting longest</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Due date</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Sorted by: %1</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>TicketListView</name>
    <message>
        <source>Tickets</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>Toast</name>
    <message>
        <source>Undo</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>ToolBar</name>
    <message>
        <source>Tools</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>TroubleBar</name>
    <message>
        <source>Copy the details</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>WelcomePage</name>
    <message>
        <source>Welcome to DeskHelp</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>One shared mailbox becomes a desk where every question has an owner and gets its answer.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>DeskHelp reads mail without marking, moving or deleting anything on the server.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>As the system</source>
        <translation>Как в системе</translation>
    </message>
    <message>
        <source>As colleagues and customers know you</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Language</source>
        <translation>Язык</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>Ваше имя</translation>
    </message>
    <message>
        <source>Connect a mailbox…</source>
        <translation>Подключить ящик…</translation>
    </message>
    <message>
        <source>Look around in a demonstration</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Later</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>WindowActs</name>
    <message>
        <source>%1 copied</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>New</source>
        <translation>Новая</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Открыта</translation>
    </message>
    <message>
        <source>Waiting for the customer</source>
        <translation>Ждёт клиента</translation>
    </message>
    <message>
        <source>On hold</source>
        <translation>Отложена</translation>
    </message>
    <message>
        <source>Solved</source>
        <translation>Решена</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>Закрыта</translation>
    </message>
    <message>
        <source>Spam</source>
        <translation>Спам</translation>
    </message>
    <message>
        <source>Low</source>
        <translation>Низкий</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>Обычный</translation>
    </message>
    <message>
        <source>High</source>
        <translation>Высокий</translation>
    </message>
    <message>
        <source>Urgent</source>
        <translation>Срочный</translation>
    </message>
    <message>
        <source>Mail</source>
        <translation>Письмо</translation>
    </message>
    <message>
        <source>Phone call</source>
        <translation>Звонок</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>Чат</translation>
    </message>
    <message>
        <source>Visit</source>
        <translation>Визит</translation>
    </message>
    <message>
        <source>Will be sent</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Being sent</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Sent</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Will be tried again</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Refused by the server</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Refused for some recipients</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Not known whether it was sent</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Held back: something new came in</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Not sent</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Came back</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>yesterday</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 min</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 h</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 d</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>overdue %1</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>trouble</name>
    <message>
        <source>A canned reply in {path} has no name or no text.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>A firewall may be in between, or the network is slow. DeskHelp tries again by itself.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>A tag needs a name.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>A ticket cannot be merged into itself.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>An escalation needs somebody to go to and a reason.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Another DeskHelp of this profile is fetching and sending mail.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Another program holds the database.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Ask the administrator whether the account may use IMAP, and whether the user name is the mailbox's own.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Ask the server's administrator.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>At least one message has to stay in the old ticket.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Check its addresses and subject.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Check its spelling, and whether this computer is online. DeskHelp tries again by itself.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Check port and kind of protection: TLS usually is on port {tls_port}.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Check that the file exists and may be read: {why}.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Check the port; or the server is just down. DeskHelp tries again by itself.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Check this computer's date and time.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Check this computer's date and time; if they are right, tell the server's administrator.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Check whether this computer is online. DeskHelp tries again by itself.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Choose another folder in the account's settings. Mail that was loaded stays here.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Choose another folder with --profile, or ask for the rights to this one.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Choose another profile; the file was left alone.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Choose the messages that make the new ticket.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Close it, or let it do the work.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Connect one in the settings.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>DeskHelp cannot tell there which mail is new. Choose another folder or server.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>DeskHelp tries again by itself. Nothing is lost.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>DeskHelp waits and tries again by itself.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Fill in {names} first; it would go out as it stands.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>If it is your own server, give its certificate as the CA file of this account.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>If this repeats, tell the server's administrator.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>If your organisation has an authority of its own, give its certificate as the CA file.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Install the newer version on this computer too; nothing was changed.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>It can be looked at; changes and sending wait until it can be written again.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>It is too late: this message is on its way.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>It must hold the certificate of your authority in PEM form.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Leave it out; DeskHelp asks for it and keeps it in the system's keyring.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Line {line} of the settings file {path} is wrong: {reason}.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Make room on it and try again; nothing that was saved before is lost.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Mend that line, or move the file away to start from the defaults; it is left as it is.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Name one in the settings; what is in the outbox waits.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No mailbox is connected yet, so nothing can be sent.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No program on this computer opens {name} ({kind}).</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Nobody has said who works at this installation yet.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Not all of these messages are in this ticket.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Only a message that is waiting can be held.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Only an uncertain message can be marked as sent.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Only notes can be deleted; what was sent or came in stays.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Run “deskhelp check”, or restore a backup; the damaged file is kept.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Save it if you are sure, and let somebody who knows look at it.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Say to whom it goes.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Say what it is about.</source>
        <translation>Укажите, о чём обращение.</translation>
    </message>
    <message>
        <source>Say who you are first: Settings, Colleagues.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Something went wrong inside DeskHelp.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Switch it on in the settings of the mailbox.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The address of the server must not contain the password.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The certificate file {file} could not be used.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The certificate of {host} cannot be trusted.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The certificate of {host} has expired.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The certificate of {host} is not valid yet.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The connection to {host} broke off.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The database cannot be written.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The database is damaged.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The database {path} cannot be opened.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The database {path} cannot be opened: {why}.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The database {path} cannot be written.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The disk is full or does not answer; the last change was not saved.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The export to {folder} was not finished: {why}.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The file {path} cannot be read: {why}.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The file {path} cannot be written: {reason}.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The file {path} cannot be written: {why}.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The file {path} is not a list of canned replies: {why}.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The folder {folder} on {host} is gone, or may not be opened.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The level of an escalation is a number from 1 to 9.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The password is kept for this run only; it will be asked for again after the next start.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The password of {address} is not known on this computer.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The profile folder {path} cannot be used: {reason}.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The server name {host} was not found.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The server {host} shows a certificate for another name: {names}.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The setting {name} must be {reason}.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The settings file {path} cannot be read: {reason}.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>There is no database at {path} yet.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>There is no field “{name}”; there are status, priority, assignee, department, subject, due, snooze.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>There is no file or folder {path}.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>There is no file {path}.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>There is no mailbox “{name}”.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>There is no raw mail for this message.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>There is no such message.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>There is no such {kind}.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>There is no ticket {code}.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>There is no {what} “{name}”.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>There is nothing to save yet.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>There is nothing to send yet.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>This computer has no keyring that DeskHelp can use.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>This database was written by a newer DeskHelp.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>This mail cannot be written: {why}.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>This message is not in the outbox any more.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>This message is on its way or has left.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>This text is not here any more, or not here yet.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>This ticket has moved on since; there is nothing to take back any more.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Together the attachments may have {limit} MB; put the file on a share and send the link.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Try TLS from the start on port {tls_port}, or ask the server's administrator.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Try again in a moment.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Type it in the settings of the mailbox; reading and sending wait until then.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Use the name in the certificate if it is the same server; else somebody may be listening in.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Write fields as status=solved.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Write it like imaps://name@mail.example.org:993 or smtp+starttls://name@mail.example.org:587.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Write tags as +printer or -vpn.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Write {safe}:// (TLS after connecting) or {tls}:// (TLS from the start).</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Your data is safe; try again. The details are in the log.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{address} has no server for outgoing mail.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{code} could be several tickets: {codes}.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{host} accepts the password of {user}, but has no mailbox open to this user.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{host} and DeskHelp could not agree on a protected connection on port {port}.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{host} asks to come back later: {answer}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{host} cannot be reached on port {port}.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{host} did not answer on port {port} within {seconds} seconds.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{host} does not number the mails of the folder {folder} reliably.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{host} does not take passwords from mail programs.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{host} offers no protected connection on port {port}, so the password was not sent.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{host} refused a request: {answer}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{host} refused the password of {user}.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{host} refused to take mail from this computer: {answer}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{host} says that IMAP is switched off for {user}.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{host} shows a certificate that it signed itself, so nobody vouches for it.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{host} takes no connections on port {port}.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{name} could not be attached.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{name} could not be opened: {reason}.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{name} is a kind of file that can run by being opened.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{name} is too large to be sent by mail.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{path} cannot be read: {why}.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{path} could not be written: {reason}.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{path} is a file, not a folder for a profile.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{path} is empty.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{path} is not a DeskHelp database.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{url} is not an address of a mail server.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{url} would send the password unprotected, which DeskHelp never does.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>“{address}” is not a mail address.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>“{name}” could be several: {names}.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>“{text}” is no date; write it as 2026-01-31, or “all”.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>“{text}” is no time; write it as 2026-01-31T09:00.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>“{value}” is none of {words}.</source>
        <translation type="unfinished" />
    </message>
</context>
</TS>