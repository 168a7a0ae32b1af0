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
        <translation>Подключение ящика</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Назад</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Подключить</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Далее</translation>
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
        <source>Acknowledge new requests</source>
        <translation>Автоответ на новые заявки</translation>
    </message>
    <message>
        <source>no</source>
        <translation>нет</translation>
    </message>
    <message>
        <source>with “%1”</source>
        <translation>шаблон «%1»</translation>
    </message>
    <message>
        <source>Stopped (%1): too many went out within an hour. Look whether a machine writes to you.</source>
        <translation>Остановлено (%1): за час ушло слишком много автоответов. Проверьте, не пишет ли вам автомат.</translation>
    </message>
    <message>
        <source>Go on acknowledging</source>
        <translation>Продолжить автоответы</translation>
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
        <source>At work</source>
        <translation>Часы работы</translation>
    </message>
    <message>
        <source>Mo-Fr 9:00-18:00</source>
        <translation>Пн-Пт 9:00-18:00</translation>
    </message>
    <message>
        <source>Color</source>
        <translation>Цвет</translation>
    </message>
    <message>
        <source>Signature</source>
        <translation>Подпись</translation>
    </message>
    <message>
        <source>I work as this agent</source>
        <translation>Это я</translation>
    </message>
    <message>
        <source>You work as this agent.</source>
        <translation>Вы работаете как этот сотрудник.</translation>
    </message>
    <message>
        <source>Hours are written like this: Mo-Fr 9:00-18:00, Sa 10-14.</source>
        <translation>Часы пишутся так: Пн-Пт 9:00-18:00, Сб 10-14.</translation>
    </message>
</context>
<context>
    <name>BackupDialog</name>
    <message>
        <source>Back up</source>
        <translation>Резервная копия</translation>
    </message>
    <message>
        <source>Where the backup goes</source>
        <translation>Куда сохранить копию</translation>
    </message>
    <message>
        <source>Encrypt it with a passphrase</source>
        <translation>Зашифровать парольной фразой</translation>
    </message>
    <message>
        <source>The passphrase again</source>
        <translation>Фраза ещё раз</translation>
    </message>
    <message>
        <source>Nobody can open the backup without it, not even you: keep it where you will find it.</source>
        <translation>Без неё копию не откроет никто, и вы тоже: храните её там, где найдёте.</translation>
    </message>
    <message>
        <source>A copy of all tickets, mails and what was set up here. You can go on working meanwhile. Passwords are in the system&apos;s keyring, not in the copy.</source>
        <translation>Копия всех заявок, писем и настроек. Работать тем временем можно. Пароли остаются в хранилище паролей системы, в копии их нет.</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Файл</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Парольная фраза</translation>
    </message>
    <message>
        <source>The two passphrases differ.</source>
        <translation>Фразы не совпадают.</translation>
    </message>
    <message>
        <source>The backup is made. It was read again and holds %1.</source>
        <translation>Копия готова. Она прочитана заново, в ней %1.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
</context>
<context>
    <name>BackupSheet</name>
    <message>
        <source>File</source>
        <translation>Файл</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>Обзор…</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Парольная фраза</translation>
    </message>
</context>
<context>
    <name>BulkPage</name>
    <message numerus="yes">
        <source>%n ticket(s) selected</source>
        <translation>
            <numerusform>Выбрана %n заявка</numerusform>
            <numerusform>Выбрано %n заявки</numerusform>
            <numerusform>Выбрано %n заявок</numerusform>
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
        <translation>Название</translation>
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
        <source>A fallback stands behind a bar: {customer.first_name|colleague}.</source>
        <translation>Запасное значение пишется за чертой: {customer.first_name|коллега}.</translation>
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
    <name>Colors</name>
    <message>
        <source>Red</source>
        <translation>Красный</translation>
    </message>
    <message>
        <source>Orange</source>
        <translation>Оранжевый</translation>
    </message>
    <message>
        <source>Ochre</source>
        <translation>Охра</translation>
    </message>
    <message>
        <source>Olive</source>
        <translation>Оливковый</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>Зелёный</translation>
    </message>
    <message>
        <source>Teal</source>
        <translation>Бирюзовый</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>Синий</translation>
    </message>
    <message>
        <source>Indigo</source>
        <translation>Индиго</translation>
    </message>
    <message>
        <source>Violet</source>
        <translation>Фиолетовый</translation>
    </message>
    <message>
        <source>Plum</source>
        <translation>Сливовый</translation>
    </message>
    <message>
        <source>Brown</source>
        <translation>Коричневый</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>Серый</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>not saved yet</source>
        <translation>ещё не сохранено</translation>
    </message>
    <message>
        <source>saved</source>
        <translation>сохранено</translation>
    </message>
    <message>
        <source>Attach files</source>
        <translation>Вложить файлы</translation>
    </message>
    <message>
        <source>picture %1.png</source>
        <translation>картинка %1.png</translation>
    </message>
    <message>
        <source>Whom the note is for</source>
        <translation>Для кого заметка</translation>
    </message>
    <message>
        <source>There is nothing to save yet.</source>
        <translation>Пока нечего сохранять.</translation>
    </message>
    <message>
        <source>There is nothing to send yet.</source>
        <translation>Пока нечего отправлять.</translation>
    </message>
    <message>
        <source>Fill in %1 first; it would go out as it stands.</source>
        <translation>Сначала заполните %1, иначе оно уйдёт как есть.</translation>
    </message>
    <message>
        <source>“%1” is not a mail address.</source>
        <translation>«%1» — не почтовый адрес.</translation>
    </message>
    <message>
        <source>Say to whom it goes.</source>
        <translation>Укажите, кому отправить.</translation>
    </message>
    <message>
        <source>The text speaks of an attachment, but nothing is attached. Send again to send it as it is.</source>
        <translation>В тексте говорится о вложении, но ничего не вложено. Нажмите «Отправить» ещё раз, чтобы отправить как есть.</translation>
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
        <source>Cc, subject</source>
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
    <name>ConcernWatch</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>и ещё %n</numerusform>
            <numerusform>и ещё %n</numerusform>
            <numerusform>и ещё %n</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 gave you the ticket %2</source>
        <translation>%1: вам назначена заявка %2</translation>
    </message>
    <message>
        <source>%1 escalated the ticket %2 to you</source>
        <translation>%1: вам эскалирована заявка %2</translation>
    </message>
    <message>
        <source>%1 mentions you in the ticket %2</source>
        <translation>%1 упоминает вас в заявке %2</translation>
    </message>
    <message>
        <source>A colleague</source>
        <translation>Коллега</translation>
    </message>
</context>
<context>
    <name>ContextPane</name>
    <message>
        <source>About the ticket</source>
        <translation>О заявке</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>Клиент</translation>
    </message>
    <message>
        <source>Copy the address</source>
        <translation>Скопировать адрес</translation>
    </message>
    <message>
        <source>Copy the address %1</source>
        <translation>Скопировать адрес %1</translation>
    </message>
    <message>
        <source>No other tickets</source>
        <translation>Других заявок нет</translation>
    </message>
    <message>
        <source>All tickets of this customer</source>
        <translation>Все заявки этого клиента</translation>
    </message>
    <message>
        <source>Ticket</source>
        <translation>Заявка</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Статус</translation>
    </message>
    <message>
        <source>Assignee</source>
        <translation>Ответственный</translation>
    </message>
    <message>
        <source>nobody</source>
        <translation>никто</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>Приоритет</translation>
    </message>
    <message>
        <source>Department</source>
        <translation>Отдел</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>Срок</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>Создана</translation>
    </message>
    <message>
        <source>Mailbox</source>
        <translation>Ящик</translation>
    </message>
    <message>
        <source>Tickets with this tag</source>
        <translation>Заявки с этой меткой</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>Метка</translation>
    </message>
    <message>
        <source>History</source>
        <translation>История</translation>
    </message>
    <message numerus="yes">
        <source>Show all %n entries</source>
        <translation>
            <numerusform>Показать всю %n запись</numerusform>
            <numerusform>Показать все %n записи</numerusform>
            <numerusform>Показать все %n записей</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ConversationHead</name>
    <message>
        <source>(no subject)</source>
        <translation>(без темы)</translation>
    </message>
    <message>
        <source>Not spam</source>
        <translation>Не спам</translation>
    </message>
    <message>
        <source>Escalated</source>
        <translation>Эскалирована</translation>
    </message>
    <message>
        <source>sleeps until %1</source>
        <translation>отложена до %1</translation>
    </message>
    <message>
        <source>Unassigned</source>
        <translation>Без ответственного</translation>
    </message>
    <message>
        <source>Level %1 to %2: %3</source>
        <translation>Уровень %1, %2: %3</translation>
    </message>
    <message>
        <source>Also found as %1.</source>
        <translation>Также находится как %1.</translation>
    </message>
    <message>
        <source>Copy the code</source>
        <translation>Скопировать номер</translation>
    </message>
    <message>
        <source>Copy the code %1</source>
        <translation>Скопировать номер %1</translation>
    </message>
</context>
<context>
    <name>ConversationPane</name>
    <message>
        <source>Conversation</source>
        <translation>Переписка</translation>
    </message>
    <message>
        <source>No ticket chosen</source>
        <translation>Заявка не выбрана</translation>
    </message>
    <message>
        <source>Choose one in the list: ↓ or J. Ctrl+K finds anything.</source>
        <translation>Выберите её в списке: ↓ или J. Ctrl+K найдёт что угодно.</translation>
    </message>
    <message numerus="yes">
        <source>Show %n earlier message(s)</source>
        <translation>
            <numerusform>Показать ещё %n более раннее сообщение</numerusform>
            <numerusform>Показать ещё %n более ранних сообщения</numerusform>
            <numerusform>Показать ещё %n более ранних сообщений</numerusform>
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
        <translation>Название</translation>
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
    <name>DoneWords</name>
    <message numerus="yes">
        <source>%n ticket(s): status changed</source>
        <translation>
            <numerusform>%n заявка: статус изменён</numerusform>
            <numerusform>%n заявки: статус изменён</numerusform>
            <numerusform>%n заявок: статус изменён</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s): priority changed</source>
        <translation>
            <numerusform>%n заявка: приоритет изменён</numerusform>
            <numerusform>%n заявки: приоритет изменён</numerusform>
            <numerusform>%n заявок: приоритет изменён</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s) assigned</source>
        <translation>
            <numerusform>Назначена %n заявка</numerusform>
            <numerusform>Назначено %n заявки</numerusform>
            <numerusform>Назначено %n заявок</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s): department changed</source>
        <translation>
            <numerusform>%n заявка: отдел изменён</numerusform>
            <numerusform>%n заявки: отдел изменён</numerusform>
            <numerusform>%n заявок: отдел изменён</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s): due date changed</source>
        <translation>
            <numerusform>%n заявка: срок изменён</numerusform>
            <numerusform>%n заявки: срок изменён</numerusform>
            <numerusform>%n заявок: срок изменён</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s) snoozed</source>
        <translation>
            <numerusform>Отложена %n заявка</numerusform>
            <numerusform>Отложено %n заявки</numerusform>
            <numerusform>Отложено %n заявок</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s) escalated</source>
        <translation>
            <numerusform>Эскалирована %n заявка</numerusform>
            <numerusform>Эскалировано %n заявки</numerusform>
            <numerusform>Эскалировано %n заявок</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s): escalation ended</source>
        <translation>
            <numerusform>%n заявка: эскалация снята</numerusform>
            <numerusform>%n заявки: эскалация снята</numerusform>
            <numerusform>%n заявок: эскалация снята</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s): tags changed</source>
        <translation>
            <numerusform>%n заявка: метки изменены</numerusform>
            <numerusform>%n заявки: метки изменены</numerusform>
            <numerusform>%n заявок: метки изменены</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s) moved to spam</source>
        <translation>
            <numerusform>%n заявка отправлена в спам</numerusform>
            <numerusform>%n заявки отправлены в спам</numerusform>
            <numerusform>%n заявок отправлено в спам</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s): not spam</source>
        <translation>
            <numerusform>%n заявка: не спам</numerusform>
            <numerusform>%n заявки: не спам</numerusform>
            <numerusform>%n заявок: не спам</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Blocked; %n ticket(s) moved to spam</source>
        <translation>
            <numerusform>Заблокировано; %n заявка отправлена в спам</numerusform>
            <numerusform>Заблокировано; %n заявки отправлены в спам</numerusform>
            <numerusform>Заблокировано; %n заявок отправлено в спам</numerusform>
        </translation>
    </message>
    <message>
        <source>Blocked</source>
        <translation>Заблокировано</translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s) marked as unread</source>
        <translation>
            <numerusform>%n заявка отмечена непрочитанной</numerusform>
            <numerusform>%n заявки отмечены непрочитанными</numerusform>
            <numerusform>%n заявок отмечено непрочитанными</numerusform>
        </translation>
    </message>
    <message>
        <source>Tickets merged</source>
        <translation>Заявки объединены</translation>
    </message>
    <message>
        <source>The mail was read</source>
        <translation>Письмо прочитано</translation>
    </message>
    <message>
        <source>The message is a ticket of its own now</source>
        <translation>Сообщение теперь отдельная заявка</translation>
    </message>
    <message>
        <source>Not asked again</source>
        <translation>Больше не спросим</translation>
    </message>
    <message>
        <source>Note removed</source>
        <translation>Заметка удалена</translation>
    </message>
    <message>
        <source>Note saved</source>
        <translation>Заметка сохранена</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>Отменено</translation>
    </message>
    <message>
        <source>The message is on its way</source>
        <translation>Письмо отправляется</translation>
    </message>
    <message>
        <source>Ticket created</source>
        <translation>Заявка создана</translation>
    </message>
    <message>
        <source>Not sent; the draft is back</source>
        <translation>Не отправлено, черновик возвращён</translation>
    </message>
    <message>
        <source>Not sent</source>
        <translation>Не отправлено</translation>
    </message>
    <message>
        <source>Held back</source>
        <translation>Задержано</translation>
    </message>
    <message>
        <source>Erased</source>
        <translation>Данные стёрты</translation>
    </message>
    <message>
        <source>Marked as sent</source>
        <translation>Отмечено как отправленное</translation>
    </message>
</context>
<context>
    <name>Due</name>
    <message>
        <source>Today, end of the day</source>
        <translation>Сегодня к концу дня</translation>
    </message>
    <message>
        <source>Tomorrow</source>
        <translation>Завтра</translation>
    </message>
    <message>
        <source>In two days</source>
        <translation>Через два дня</translation>
    </message>
    <message>
        <source>Friday</source>
        <translation>В пятницу</translation>
    </message>
    <message>
        <source>In a week</source>
        <translation>Через неделю</translation>
    </message>
    <message>
        <source>In a month</source>
        <translation>Через месяц</translation>
    </message>
    <message>
        <source>In two hours</source>
        <translation>Через два часа</translation>
    </message>
    <message>
        <source>No due date</source>
        <translation>Без срока</translation>
    </message>
</context>
<context>
    <name>EmptyState</name>
    <message>
        <source>Clear the search</source>
        <translation>Очистить поиск</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Ничего не найдено</translation>
    </message>
    <message>
        <source>No ticket fits “%1”.</source>
        <translation>Запросу «%1» не подходит ни одна заявка.</translation>
    </message>
    <message>
        <source>Search for “%1” instead</source>
        <translation>Искать «%1»</translation>
    </message>
    <message>
        <source>Nothing is waiting for you</source>
        <translation>Вас ничего не ждёт</translation>
    </message>
    <message>
        <source>Take one from “Unassigned”: I assigns it to you.</source>
        <translation>Возьмите заявку из «Без ответственного»: клавиша I назначит её вам.</translation>
    </message>
    <message>
        <source>Everything has an owner</source>
        <translation>У всех заявок есть ответственный</translation>
    </message>
    <message>
        <source>New mail shows up here first.</source>
        <translation>Новые письма появляются сначала здесь.</translation>
    </message>
    <message>
        <source>Nothing is escalated</source>
        <translation>Эскалаций нет</translation>
    </message>
    <message>
        <source>“!” escalates a ticket to a person or a department.</source>
        <translation>«!» эскалирует заявку сотруднику или отделу.</translation>
    </message>
    <message>
        <source>Nothing is late</source>
        <translation>Ничего не просрочено</translation>
    </message>
    <message>
        <source>Tickets come here when their due date has passed.</source>
        <translation>Сюда попадают заявки с истёкшим сроком.</translation>
    </message>
    <message>
        <source>All done</source>
        <translation>Всё разобрано</translation>
    </message>
    <message>
        <source>There is no open ticket. New mail shows up by itself.</source>
        <translation>Открытых заявок нет. Новые письма появятся сами.</translation>
    </message>
    <message>
        <source>Nothing sleeps</source>
        <translation>Отложенных нет</translation>
    </message>
    <message>
        <source>H puts a ticket away until a time you choose.</source>
        <translation>H откладывает заявку до выбранного времени.</translation>
    </message>
    <message>
        <source>Everything was delivered</source>
        <translation>Всё доставлено</translation>
    </message>
    <message>
        <source>Mail that a server refused would be listed here.</source>
        <translation>Здесь были бы письма, которые сервер не принял.</translation>
    </message>
    <message>
        <source>No drafts</source>
        <translation>Черновиков нет</translation>
    </message>
    <message>
        <source>Answers that you began to write are kept here.</source>
        <translation>Здесь хранятся начатые ответы.</translation>
    </message>
    <message>
        <source>Nothing here</source>
        <translation>Здесь пусто</translation>
    </message>
    <message>
        <source>No ticket belongs here at the moment.</source>
        <translation>Сейчас здесь нет ни одной заявки.</translation>
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
        <source>Take back</source>
        <translation>Вернуть</translation>
    </message>
    <message>
        <source>It needs a name.</source>
        <translation>Нужно название.</translation>
    </message>
    <message>
        <source>(no name)</source>
        <translation>(без имени)</translation>
    </message>
    <message>
        <source>“%1” deleted</source>
        <translation>«%1» удалено</translation>
    </message>
</context>
<context>
    <name>EraseDialog</name>
    <message>
        <source>Erase the customer&apos;s data</source>
        <translation>Стереть данные клиента</translation>
    </message>
    <message>
        <source>Erase for good</source>
        <translation>Стереть навсегда</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Поиск…</translation>
    </message>
    <message>
        <source>This cannot be undone. It happens on every computer of the team and in its place. Not touched are the mails on the mailbox&apos;s server and backups that were made before.</source>
        <translation>Отменить это нельзя. Данные стираются на всех компьютерах команды и в её месте. Не затрагиваются письма на сервере почтового ящика и сделанные ранее резервные копии.</translation>
    </message>
    <message>
        <source>Type the address</source>
        <translation>Введите адрес</translation>
    </message>
    <message numerus="yes">
        <source>Also %n message(s) of other people that name the address</source>
        <translation>
            <numerusform>Также %n сообщение других людей, где назван этот адрес</numerusform>
            <numerusform>Также %n сообщения других людей, где назван этот адрес</numerusform>
            <numerusform>Также %n сообщений других людей, где назван этот адрес</numerusform>
        </translation>
    </message>
    <message>
        <source>Of %1 go:</source>
        <translation>Будет стёрто (%1):</translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s)</source>
        <translation>
            <numerusform>%n заявка</numerusform>
            <numerusform>%n заявки</numerusform>
            <numerusform>%n заявок</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n сообщение</numerusform>
            <numerusform>%n сообщения</numerusform>
            <numerusform>%n сообщений</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) of these have not left yet, and will not</source>
        <translation>
            <numerusform>%n сообщение из них ещё не ушло и не уйдёт</numerusform>
            <numerusform>%n сообщения из них ещё не ушли и не уйдут</numerusform>
            <numerusform>%n сообщений из них ещё не ушли и не уйдут</numerusform>
        </translation>
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
        <translation>HTML-письма всегда на светлом фоне</translation>
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
    <message>
        <source>Always show pictures of</source>
        <translation>Всегда показывать картинки от</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>Снова спрашивать</translation>
    </message>
</context>
<context>
    <name>HeldDialog</name>
    <message>
        <source>An answer was held back</source>
        <translation>Ответ задержан</translation>
    </message>
    <message>
        <source>Came meanwhile</source>
        <translation>Пришло тем временем</translation>
    </message>
    <message>
        <source>Your answer, not sent yet</source>
        <translation>Ваш ответ, ещё не отправлен</translation>
    </message>
    <message>
        <source>Send it as it is</source>
        <translation>Отправить как есть</translation>
    </message>
    <message>
        <source>Edit again</source>
        <translation>Изменить</translation>
    </message>
    <message>
        <source>Drop</source>
        <translation>Не отправлять</translation>
    </message>
    <message>
        <source>While your answer to %1 waited, its ticket went on. Look at both and decide.</source>
        <translation>Пока ваш ответ для %1 ждал отправки, в заявке появилось новое. Посмотрите на оба и решите.</translation>
    </message>
    <message>
        <source>Nothing new came in since you wrote this.</source>
        <translation>С тех пор, как вы это написали, ничего нового не пришло.</translation>
    </message>
</context>
<context>
    <name>HeldWords</name>
    <message numerus="yes">
        <source>%n ticket(s)</source>
        <translation>
            <numerusform>%n заявка</numerusform>
            <numerusform>%n заявки</numerusform>
            <numerusform>%n заявок</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n сообщение</numerusform>
            <numerusform>%n сообщения</numerusform>
            <numerusform>%n сообщений</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HintCard</name>
    <message>
        <source>No</source>
        <translation>Нет</translation>
    </message>
    <message>
        <source>Do not ask this again</source>
        <translation>Больше об этом не спрашивать</translation>
    </message>
    <message>
        <source>Is this the same matter?</source>
        <translation>Это тот же вопрос?</translation>
    </message>
    <message numerus="yes">
        <source>A new matter? It came after %n day(s) of silence.</source>
        <translation>
            <numerusform>Новый вопрос? Письмо пришло после %n дня тишины.</numerusform>
            <numerusform>Новый вопрос? Письмо пришло после %n дней тишины.</numerusform>
            <numerusform>Новый вопрос? Письмо пришло после %n дней тишины.</numerusform>
        </translation>
    </message>
    <message>
        <source>A new matter? The subject is another one: “%1”</source>
        <translation>Новый вопрос? Тема теперь другая: «%1»</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>Объединить</translation>
    </message>
    <message>
        <source>Split off</source>
        <translation>Отделить</translation>
    </message>
</context>
<context>
    <name>History</name>
    <message>
        <source>tag “%1” added</source>
        <translation>добавлена метка «%1»</translation>
    </message>
    <message>
        <source>tag “%1” removed</source>
        <translation>убрана метка «%1»</translation>
    </message>
    <message>
        <source>opened again by %1</source>
        <translation>снова открыта: написал(а) %1</translation>
    </message>
    <message>
        <source>merged into %1</source>
        <translation>объединена с %1</translation>
    </message>
    <message>
        <source>a flood of mail from one sender, folded into this ticket</source>
        <translation>поток писем от одного отправителя собран в эту заявку</translation>
    </message>
    <message>
        <source>merging undone</source>
        <translation>объединение отменено</translation>
    </message>
    <message>
        <source>a message moved to a ticket of its own</source>
        <translation>сообщение вынесено в отдельную заявку</translation>
    </message>
    <message>
        <source>a message put back into this ticket</source>
        <translation>сообщение возвращено в эту заявку</translation>
    </message>
    <message>
        <source>a message removed</source>
        <translation>сообщение убрано</translation>
    </message>
    <message>
        <source>a message brought back</source>
        <translation>сообщение возвращено</translation>
    </message>
    <message>
        <source>status: %1</source>
        <translation>статус: %1</translation>
    </message>
    <message>
        <source>priority: %1</source>
        <translation>приоритет: %1</translation>
    </message>
    <message>
        <source>given to %1</source>
        <translation>назначена: %1</translation>
    </message>
    <message>
        <source>given to nobody</source>
        <translation>ответственный снят</translation>
    </message>
    <message>
        <source>department: %1</source>
        <translation>отдел: %1</translation>
    </message>
    <message>
        <source>subject: %1</source>
        <translation>тема: %1</translation>
    </message>
    <message>
        <source>escalation ended</source>
        <translation>эскалация снята</translation>
    </message>
    <message>
        <source>escalated to %1, level %2: %3</source>
        <translation>эскалирована: %1, уровень %2: %3</translation>
    </message>
    <message>
        <source>due %1</source>
        <translation>срок: %1</translation>
    </message>
    <message>
        <source>no due date</source>
        <translation>без срока</translation>
    </message>
    <message>
        <source>snoozed until %1</source>
        <translation>отложена до %1</translation>
    </message>
    <message>
        <source>woken</source>
        <translation>возвращена из отложенных</translation>
    </message>
</context>
<context>
    <name>LinkActs</name>
    <message>
        <source>This link may not lead where it seems to.</source>
        <translation>Эта ссылка может вести не туда, куда кажется.</translation>
    </message>
    <message>
        <source>It says: %1</source>
        <translation>Написано: %1</translation>
    </message>
    <message>
        <source>It leads to: %1</source>
        <translation>Ведёт на: %1</translation>
    </message>
    <message>
        <source>Follow it</source>
        <translation>Перейти</translation>
    </message>
</context>
<context>
    <name>Links</name>
    <message>
        <source>it says another address than it leads to</source>
        <translation>в тексте указан другой адрес</translation>
    </message>
    <message>
        <source>its name mixes letters of different alphabets that look alike</source>
        <translation>в имени смешаны похожие буквы разных алфавитов</translation>
    </message>
    <message>
        <source>its name is written in letters that only look Latin</source>
        <translation>имя написано буквами, лишь похожими на латинские</translation>
    </message>
    <message>
        <source>its address is disguised</source>
        <translation>адрес замаскирован</translation>
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
        <translation>Текст сообщения</translation>
    </message>
    <message>
        <source>Copy the link&apos;s address</source>
        <translation>Скопировать адрес ссылки</translation>
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
        <translation>&amp;Файл</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Правка</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Вид</translation>
    </message>
    <message>
        <source>&amp;Ticket</source>
        <translation>&amp;Заявка</translation>
    </message>
    <message>
        <source>&amp;Go</source>
        <translation>П&amp;ереход</translation>
    </message>
    <message>
        <source>T&amp;ools</source>
        <translation>&amp;Сервис</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>Справ&amp;ка</translation>
    </message>
    <message>
        <source>New ticket…</source>
        <translation>Новая заявка…</translation>
    </message>
    <message>
        <source>Check mail now</source>
        <translation>Проверить почту</translation>
    </message>
    <message>
        <source>Add a mailbox…</source>
        <translation>Подключить ящик…</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>Настройки…</translation>
    </message>
    <message>
        <source>Back up…</source>
        <translation>Резервная копия…</translation>
    </message>
    <message>
        <source>Restore a backup…</source>
        <translation>Восстановить из копии…</translation>
    </message>
    <message>
        <source>Print…</source>
        <translation>Печать…</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Выход</translation>
    </message>
    <message>
        <source>Undo the last action</source>
        <translation>Отменить последнее действие</translation>
    </message>
    <message>
        <source>Copy the ticket&apos;s code</source>
        <translation>Скопировать номер заявки</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Поиск</translation>
    </message>
    <message>
        <source>Keep this search as a view…</source>
        <translation>Сохранить поиск как вид…</translation>
    </message>
    <message>
        <source>Select or unselect</source>
        <translation>Выделить или снять выделение</translation>
    </message>
    <message>
        <source>Select downwards</source>
        <translation>Выделить вниз</translation>
    </message>
    <message>
        <source>Select upwards</source>
        <translation>Выделить вверх</translation>
    </message>
    <message>
        <source>Queues</source>
        <translation>Очереди</translation>
    </message>
    <message>
        <source>About the ticket</source>
        <translation>О заявке</translation>
    </message>
    <message>
        <source>Compact list</source>
        <translation>Плотный список</translation>
    </message>
    <message>
        <source>Next pane</source>
        <translation>Следующая панель</translation>
    </message>
    <message>
        <source>Previous pane</source>
        <translation>Предыдущая панель</translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>Ответить</translation>
    </message>
    <message>
        <source>Reply to all</source>
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
        <source>Assign…</source>
        <translation>Назначить…</translation>
    </message>
    <message>
        <source>Assign to me</source>
        <translation>Назначить на меня</translation>
    </message>
    <message>
        <source>Department…</source>
        <translation>Отдел…</translation>
    </message>
    <message>
        <source>Tag…</source>
        <translation>Метка…</translation>
    </message>
    <message>
        <source>Priority…</source>
        <translation>Приоритет…</translation>
    </message>
    <message>
        <source>Due date…</source>
        <translation>Срок…</translation>
    </message>
    <message>
        <source>Snooze…</source>
        <translation>Отложить…</translation>
    </message>
    <message>
        <source>Escalate…</source>
        <translation>Эскалировать…</translation>
    </message>
    <message>
        <source>End the escalation</source>
        <translation>Снять эскалацию</translation>
    </message>
    <message>
        <source>Status…</source>
        <translation>Статус…</translation>
    </message>
    <message>
        <source>Solve / open again</source>
        <translation>Решить / открыть снова</translation>
    </message>
    <message>
        <source>Solve</source>
        <translation>Решить</translation>
    </message>
    <message>
        <source>Spam / not spam</source>
        <translation>Спам / не спам</translation>
    </message>
    <message>
        <source>Spam</source>
        <translation>Спам</translation>
    </message>
    <message>
        <source>Block the sender…</source>
        <translation>Заблокировать отправителя…</translation>
    </message>
    <message>
        <source>Mark as unread</source>
        <translation>Отметить непрочитанной</translation>
    </message>
    <message>
        <source>Merge…</source>
        <translation>Объединить…</translation>
    </message>
    <message>
        <source>Erase the customer&apos;s data…</source>
        <translation>Стереть данные клиента…</translation>
    </message>
    <message>
        <source>Do anything…</source>
        <translation>Найти действие…</translation>
    </message>
    <message>
        <source>Next ticket</source>
        <translation>Следующая заявка</translation>
    </message>
    <message>
        <source>Previous ticket</source>
        <translation>Предыдущая заявка</translation>
    </message>
    <message>
        <source>Next message</source>
        <translation>Следующее сообщение</translation>
    </message>
    <message>
        <source>Previous message</source>
        <translation>Предыдущее сообщение</translation>
    </message>
    <message>
        <source>Back to the list</source>
        <translation>Назад к списку</translation>
    </message>
    <message>
        <source>Go to mine</source>
        <translation>К моим</translation>
    </message>
    <message>
        <source>Go to unassigned</source>
        <translation>К заявкам без ответственного</translation>
    </message>
    <message>
        <source>Go to escalated</source>
        <translation>К эскалированным</translation>
    </message>
    <message>
        <source>Go to overdue</source>
        <translation>К просроченным</translation>
    </message>
    <message>
        <source>Go to all open</source>
        <translation>Ко всем открытым</translation>
    </message>
    <message>
        <source>Go to snoozed</source>
        <translation>К отложенным</translation>
    </message>
    <message>
        <source>Outbox…</source>
        <translation>Исходящие…</translation>
    </message>
    <message>
        <source>Canned replies…</source>
        <translation>Шаблоны ответов…</translation>
    </message>
    <message>
        <source>Tags…</source>
        <translation>Метки…</translation>
    </message>
    <message>
        <source>Mailboxes…</source>
        <translation>Почтовые ящики…</translation>
    </message>
    <message>
        <source>Keyboard</source>
        <translation>Клавиатура</translation>
    </message>
    <message>
        <source>Open the log folder</source>
        <translation>Открыть папку журнала</translation>
    </message>
    <message>
        <source>About DeskHelp</source>
        <translation>О программе DeskHelp</translation>
    </message>
</context>
<context>
    <name>MessageActs</name>
    <message>
        <source>Block</source>
        <translation>Заблокировать</translation>
    </message>
    <message>
        <source>Save the attachment</source>
        <translation>Сохранить вложение</translation>
    </message>
</context>
<context>
    <name>MessageBody</name>
    <message>
        <source>Show the quoted text</source>
        <translation>Показать цитату</translation>
    </message>
</context>
<context>
    <name>MessageCard</name>
    <message>
        <source>Unknown sender</source>
        <translation>Неизвестный отправитель</translation>
    </message>
    <message>
        <source>Note by %1, %2</source>
        <translation>Заметка: %1, %2</translation>
    </message>
    <message>
        <source>Message of %1, %2</source>
        <translation>Сообщение: %1, %2</translation>
    </message>
    <message>
        <source>Internal note</source>
        <translation>Внутренняя заметка</translation>
    </message>
    <message>
        <source>to %1</source>
        <translation>кому: %1</translation>
    </message>
    <message>
        <source>cc %1</source>
        <translation>копия: %1</translation>
    </message>
    <message>
        <source>bcc %1</source>
        <translation>скрытая копия: %1</translation>
    </message>
    <message>
        <source>forwarded by %1</source>
        <translation>переслал(а) %1</translation>
    </message>
    <message>
        <source>More for this message</source>
        <translation>Ещё для этого сообщения</translation>
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
        <translation>Удалить заметку</translation>
    </message>
    <message>
        <source>Make it a ticket of its own</source>
        <translation>Вынести в отдельную заявку</translation>
    </message>
    <message>
        <source>Block the sender…</source>
        <translation>Заблокировать отправителя…</translation>
    </message>
    <message>
        <source>Open in the browser…</source>
        <translation>Открыть в браузере…</translation>
    </message>
    <message>
        <source>Show the source</source>
        <translation>Показать исходный текст</translation>
    </message>
    <message>
        <source>Copy the text</source>
        <translation>Скопировать текст</translation>
    </message>
    <message>
        <source>This mail could not be read. Nothing of it was lost.</source>
        <translation>Письмо не удалось прочитать. Ничего из него не потеряно.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Попробовать снова</translation>
    </message>
    <message>
        <source>Open the outbox</source>
        <translation>Открыть исходящие</translation>
    </message>
    <message>
        <source>This mail is very long: its end is not shown.</source>
        <translation>Письмо очень длинное: конец не показан.</translation>
    </message>
    <message>
        <source>Show all of it as text</source>
        <translation>Показать всё как текст</translation>
    </message>
    <message>
        <source>Look at both</source>
        <translation>Показать рядом</translation>
    </message>
    <message>
        <source>(no text)</source>
        <translation>(нет текста)</translation>
    </message>
    <message numerus="yes">
        <source>%n more files</source>
        <translation>
            <numerusform>Ещё %n файл</numerusform>
            <numerusform>Ещё %n файла</numerusform>
            <numerusform>Ещё %n файлов</numerusform>
        </translation>
    </message>
    <message>
        <source>Attachment %1</source>
        <translation>Вложение %1</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Открыта</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>Сохранить как…</translation>
    </message>
    <message>
        <source>Source of the mail</source>
        <translation>Исходный текст письма</translation>
    </message>
    <message>
        <source>Only the text of this mail is on this computer yet. The mail itself comes from the team soon.</source>
        <translation>На этом компьютере пока только текст письма. Само письмо скоро придёт от команды.</translation>
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
    <name>Notifier</name>
    <message>
        <source>(no subject)</source>
        <translation>(без темы)</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>и ещё %n</numerusform>
            <numerusform>и ещё %n</numerusform>
            <numerusform>и ещё %n</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OutboxDialog</name>
    <message>
        <source>Outbox</source>
        <translation>Исходящие</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Состояние</translation>
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
        <translation>С какого времени</translation>
    </message>
    <message>
        <source>The outbox is empty: everything has left.</source>
        <translation>Исходящих нет: всё отправлено.</translation>
    </message>
    <message>
        <source>Look at both…</source>
        <translation>Показать рядом…</translation>
    </message>
    <message>
        <source>Send now</source>
        <translation>Отправить сейчас</translation>
    </message>
    <message>
        <source>Hold</source>
        <translation>Задержать</translation>
    </message>
    <message>
        <source>Mark as sent</source>
        <translation>Отметить отправленным</translation>
    </message>
    <message>
        <source>Edit again</source>
        <translation>Изменить</translation>
    </message>
    <message>
        <source>Drop</source>
        <translation>Не отправлять</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Ожидают</translation>
    </message>
    <message>
        <source>Being sent</source>
        <translation>Отправляется</translation>
    </message>
    <message>
        <source>Will be tried again</source>
        <translation>Будет повторено</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Отклонено</translation>
    </message>
    <message>
        <source>Not to everybody</source>
        <translation>Дошло не всем</translation>
    </message>
    <message>
        <source>Uncertain</source>
        <translation>Неизвестно</translation>
    </message>
    <message>
        <source>Held</source>
        <translation>Задержано</translation>
    </message>
    <message>
        <source>The connection broke while this was being sent, so nobody knows whether it arrived. Look into Sent or ask the customer, then decide; DeskHelp does not send it again by itself.</source>
        <translation>Связь оборвалась во время отправки, и неизвестно, дошло ли письмо. Проверьте папку отправленных или спросите клиента и решите; DeskHelp сам повторно не отправляет.</translation>
    </message>
    <message>
        <source>This was not sent: something arrived in its ticket that its author had not seen, or it was held.</source>
        <translation>Письмо не отправлено: в заявку пришло то, чего автор не видел, или письмо задержали.</translation>
    </message>
    <message>
        <source>The server refused it for good. Its text is back as a draft in the ticket.</source>
        <translation>Сервер отказался окончательно. Текст вернулся в заявку черновиком.</translation>
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
        <source>this sender</source>
        <translation>только этот отправитель</translation>
    </message>
    <message>
        <source>everybody there</source>
        <translation>все оттуда</translation>
    </message>
    <message>
        <source>me</source>
        <translation>я</translation>
    </message>
    <message>
        <source>not at work now</source>
        <translation>сейчас не на работе</translation>
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
    <name>PicturesBanner</name>
    <message>
        <source>Open in the browser…</source>
        <translation>Открыть в браузере…</translation>
    </message>
    <message>
        <source>Always from %1</source>
        <translation>Всегда от %1</translation>
    </message>
    <message>
        <source>Show them</source>
        <translation>Показать</translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) from the network were not loaded.</source>
        <translation>
            <numerusform>%n картинка из сети не загружена.</numerusform>
            <numerusform>%n картинки из сети не загружены.</numerusform>
            <numerusform>%n картинок из сети не загружено.</numerusform>
        </translation>
    </message>
    <message>
        <source>Pictures are being loaded…</source>
        <translation>Картинки загружаются…</translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) could not be loaded.</source>
        <translation>
            <numerusform>Не удалось загрузить %n картинку.</numerusform>
            <numerusform>Не удалось загрузить %n картинки.</numerusform>
            <numerusform>Не удалось загрузить %n картинок.</numerusform>
        </translation>
    </message>
    <message>
        <source>Pictures of %1 are always shown.</source>
        <translation>Картинки от %1 показываются всегда.</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>Снова спрашивать</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Ещё раз</translation>
    </message>
</context>
<context>
    <name>Placeholders</name>
    <message>
        <source>Customer&apos;s first name</source>
        <translation>Имя клиента</translation>
    </message>
    <message>
        <source>Customer&apos;s full name</source>
        <translation>Полное имя клиента</translation>
    </message>
    <message>
        <source>Customer&apos;s address</source>
        <translation>Адрес клиента</translation>
    </message>
    <message>
        <source>Ticket&apos;s code</source>
        <translation>Номер заявки</translation>
    </message>
    <message>
        <source>Ticket&apos;s subject</source>
        <translation>Тема заявки</translation>
    </message>
    <message>
        <source>Day the ticket came in</source>
        <translation>День обращения</translation>
    </message>
    <message>
        <source>My name</source>
        <translation>Моё имя и фамилия</translation>
    </message>
    <message>
        <source>My first name</source>
        <translation>Моё имя</translation>
    </message>
    <message>
        <source>My signature</source>
        <translation>Моя подпись</translation>
    </message>
    <message>
        <source>Mailbox&apos;s name</source>
        <translation>Название ящика</translation>
    </message>
    <message>
        <source>Mailbox&apos;s address</source>
        <translation>Адрес ящика</translation>
    </message>
    <message>
        <source>Department</source>
        <translation>Отдел</translation>
    </message>
    <message>
        <source>Today&apos;s date</source>
        <translation>Сегодняшняя дата</translation>
    </message>
    <message>
        <source>Greeting by time of day</source>
        <translation>Приветствие по времени суток</translation>
    </message>
    <message>
        <source>Where to go on typing</source>
        <translation>Где продолжить ввод</translation>
    </message>
    <message>
        <source>Insert a placeholder</source>
        <translation>Вставить подстановку</translation>
    </message>
    <message>
        <source>Question asked on insertion</source>
        <translation>Вопрос при вставке</translation>
    </message>
</context>
<context>
    <name>Printing</name>
    <message>
        <source>(no subject)</source>
        <translation>(без темы)</translation>
    </message>
    <message>
        <source>internal note</source>
        <translation>внутренняя заметка</translation>
    </message>
</context>
<context>
    <name>Quarantine</name>
    <message>
        <source>Unreadable mail</source>
        <translation>Нечитаемое письмо</translation>
    </message>
    <message>
        <source>Unreadable mail (%1)</source>
        <translation>Нечитаемое письмо (%1)</translation>
    </message>
    <message>
        <source>The server could not hand this mail over.</source>
        <translation>Сервер не смог отдать это письмо.</translation>
    </message>
    <message>
        <source>The server could not hand over this mail: %1</source>
        <translation>Сервер не смог отдать это письмо: %1</translation>
    </message>
    <message>
        <source>This mail could not be read (%1). It is kept as it came.</source>
        <translation>Это письмо не удалось прочитать (%1). Оно сохранено в том виде, в каком пришло.</translation>
    </message>
    <message>
        <source>The program that reads mails ended while it read this one. It is kept as it came.</source>
        <translation>Процесс, который читает письма, завершился на этом письме. Оно сохранено в том виде, в каком пришло.</translation>
    </message>
    <message>
        <source>This mail is too large to be fetched whole (%1 MB); its beginning is shown.</source>
        <translation>Это письмо слишком велико, чтобы загрузить его целиком (%1 МБ); показано его начало.</translation>
    </message>
    <message>
        <source>Only the first %1 bytes were read; the mail is larger.</source>
        <translation>Прочитаны только первые %1 байт; письмо больше.</translation>
    </message>
    <message>
        <source>The file could not be read: %1</source>
        <translation>Не удалось прочитать файл: %1</translation>
    </message>
</context>
<context>
    <name>QuestionForm</name>
    <message>
        <source>Esc leaves it open in the text.</source>
        <translation>Esc оставит вопрос в тексте.</translation>
    </message>
    <message>
        <source>Fill in</source>
        <translation>Подставить</translation>
    </message>
</context>
<context>
    <name>Reasons</name>
    <message>
        <source>joined by the code in the subject</source>
        <translation>присоединено по номеру в теме</translation>
    </message>
    <message>
        <source>joined by subject and sender</source>
        <translation>присоединено по теме и отправителю</translation>
    </message>
    <message>
        <source>put here by hand</source>
        <translation>перенесено вручную</translation>
    </message>
    <message>
        <source>from a merged ticket</source>
        <translation>из объединённой заявки</translation>
    </message>
    <message>
        <source>another copy of the same mail</source>
        <translation>ещё одна копия того же письма</translation>
    </message>
    <message>
        <source>sent automatically</source>
        <translation>отправлено автоматически</translation>
    </message>
    <message>
        <source>automatic answer</source>
        <translation>автоответ</translation>
    </message>
    <message>
        <source>delivery report</source>
        <translation>отчёт о доставке</translation>
    </message>
    <message>
        <source>mailing list</source>
        <translation>рассылка</translation>
    </message>
    <message>
        <source>invitation</source>
        <translation>приглашение</translation>
    </message>
    <message>
        <source>report</source>
        <translation>отчёт</translation>
    </message>
    <message>
        <source>automatic mail</source>
        <translation>автоматическое письмо</translation>
    </message>
</context>
<context>
    <name>RestoreDialog</name>
    <message>
        <source>Restore a backup</source>
        <translation>Восстановить из копии</translation>
    </message>
    <message>
        <source>The backup</source>
        <translation>Резервная копия</translation>
    </message>
    <message>
        <source>Everything is then as it was when the backup was made. What is here now is not thrown away: it is kept in a file beside it. In a team, what was handed over since comes back from the colleagues. Answers that wait in the backup do not leave by themselves: they may have left since.</source>
        <translation>Всё станет таким, каким было, когда копию сделали. То, что есть сейчас, не пропадёт: оно останется рядом в отдельном файле. В команде то, что было передано после этого, вернётся от коллег. Ответы, которые ждут отправки в копии, сами не уйдут: возможно, их с тех пор уже отправили.</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Файл</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Парольная фраза</translation>
    </message>
    <message>
        <source>Look into it</source>
        <translation>Проверить</translation>
    </message>
    <message>
        <source>The backup is sound and holds %1. The window closes now and opens on it.</source>
        <translation>Копия цела, в ней %1. Окно закроется и откроется уже с ней.</translation>
    </message>
    <message>
        <source>Put it in place</source>
        <translation>Восстановить</translation>
    </message>
</context>
<context>
    <name>RivalCard</name>
    <message>
        <source>Take it</source>
        <translation>Принять</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>Оставить как есть</translation>
    </message>
    <message>
        <source>What counts now stays</source>
        <translation>Останется то, что действует сейчас</translation>
    </message>
    <message>
        <source>Somebody</source>
        <translation>Кто-то</translation>
    </message>
    <message>
        <source>At the same time %1 (%2): %3</source>
        <translation>Одновременно %1 (%2): %3</translation>
    </message>
</context>
<context>
    <name>SaveViewDialog</name>
    <message>
        <source>Keep this search</source>
        <translation>Сохранить поиск</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Сохранить</translation>
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
        <translation>Виду нужны название и условие поиска.</translation>
    </message>
</context>
<context>
    <name>SearchBox</name>
    <message>
        <source>Search  (Ctrl+F)</source>
        <translation>Поиск  (Ctrl+F)</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Поиск</translation>
    </message>
    <message>
        <source>Words, or for example status:open tag:printer from:ivanova &quot;exact words&quot; -not</source>
        <translation>Слова или, например: статус:open метка:принтер от:иванова &quot;точная фраза&quot; -кроме</translation>
    </message>
</context>
<context>
    <name>SendersPage</name>
    <message>
        <source>Mail of blocked senders goes to spam and tells nobody. Senders are blocked here or from a ticket.</source>
        <translation>Письма заблокированных отправителей уходят в спам, и никто о них не узнаёт. Заблокировать можно здесь или из заявки.</translation>
    </message>
    <message>
        <source>Block</source>
        <translation>Заблокировать</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>Забыть</translation>
    </message>
    <message>
        <source>Senders</source>
        <translation>Отправители</translation>
    </message>
    <message>
        <source>address or domain</source>
        <translation>адрес или домен</translation>
    </message>
    <message>
        <source>Address or domain to block</source>
        <translation>Адрес или домен для блокировки</translation>
    </message>
    <message>
        <source>Sender</source>
        <translation>Отправитель</translation>
    </message>
    <message>
        <source>Their mail</source>
        <translation>Их письма</translation>
    </message>
    <message>
        <source>goes to spam</source>
        <translation>уходят в спам</translation>
    </message>
    <message>
        <source>is wanted, whatever their domain</source>
        <translation>нужны, каким бы ни был домен</translation>
    </message>
</context>
<context>
    <name>ServerPage</name>
    <message>
        <source>How is it reached?</source>
        <translation>Как к нему подключиться?</translation>
    </message>
    <message>
        <source>Both connections are encrypted and the servers&apos; certificates are checked.</source>
        <translation>Оба соединения шифруются, сертификаты серверов проверяются.</translation>
    </message>
    <message>
        <source>Copy the link to the provider&apos;s help</source>
        <translation>Скопировать ссылку на справку сервиса</translation>
    </message>
    <message>
        <source>Keep the password in this computer&apos;s keyring</source>
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
        <source>Only for a company&apos;s own certificates (PEM file)</source>
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
        <source>%1 wants an app password here, made in the account&apos;s security settings, not the usual one.</source>
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
        <translation>Настройки</translation>
    </message>
    <message>
        <source>General</source>
        <translation>Общие</translation>
    </message>
    <message>
        <source>Mailboxes</source>
        <translation>Почтовые ящики</translation>
    </message>
    <message>
        <source>Team</source>
        <translation>Команда</translation>
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
    <message>
        <source>Senders</source>
        <translation>Отправители</translation>
    </message>
    <message>
        <source>The password is in this computer&apos;s keyring.</source>
        <translation>Пароль сохранён в хранилище паролей этого компьютера.</translation>
    </message>
    <message>
        <source>This computer has no keyring that DeskHelp can use: the password is kept for this run only.</source>
        <translation>На этом компьютере нет хранилища паролей, доступного DeskHelp: пароль запомнен только до закрытия программы.</translation>
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
        <translation>Виды</translation>
    </message>
    <message>
        <source>Mailboxes</source>
        <translation>Почтовые ящики</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation>Мои</translation>
    </message>
    <message>
        <source>Unassigned</source>
        <translation>Без ответственного</translation>
    </message>
    <message>
        <source>Escalated</source>
        <translation>Эскалированные</translation>
    </message>
    <message>
        <source>Overdue</source>
        <translation>Просроченные</translation>
    </message>
    <message>
        <source>All open</source>
        <translation>Все открытые</translation>
    </message>
    <message>
        <source>Snoozed</source>
        <translation>Отложенные</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Ожидают</translation>
    </message>
    <message>
        <source>Drafts</source>
        <translation>Черновики</translation>
    </message>
    <message>
        <source>Not delivered</source>
        <translation>Не доставлено</translation>
    </message>
    <message>
        <source>Solved and closed</source>
        <translation>Решённые и закрытые</translation>
    </message>
    <message>
        <source>Mailing lists</source>
        <translation>Рассылки</translation>
    </message>
    <message>
        <source>Spam</source>
        <translation>Спам</translation>
    </message>
    <message>
        <source>Notes for me</source>
        <translation>Заметки для меня</translation>
    </message>
    <message>
        <source>Queues</source>
        <translation>Очереди</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message numerus="yes">
        <source>%n in the outbox</source>
        <translation>
            <numerusform>%n письмо в очереди</numerusform>
            <numerusform>%n письма в очереди</numerusform>
            <numerusform>%n писем в очереди</numerusform>
        </translation>
    </message>
    <message>
        <source>Team · %1</source>
        <translation>Команда · %1</translation>
    </message>
    <message>
        <source>Team not reached since %1</source>
        <translation>С командой нет связи с %1</translation>
    </message>
    <message>
        <source>Team not reached</source>
        <translation>С командой нет связи</translation>
    </message>
    <message>
        <source>Opening the database… After an update of DeskHelp this can take a minute.</source>
        <translation>База данных открывается… После обновления DeskHelp это может занять минуту.</translation>
    </message>
    <message>
        <source>No mailbox yet</source>
        <translation>Ящик ещё не подключён</translation>
    </message>
    <message>
        <source>Checking mail…</source>
        <translation>Проверка почты…</translation>
    </message>
    <message>
        <source>Online</source>
        <translation>На связи</translation>
    </message>
    <message>
        <source>Online · checked %1</source>
        <translation>На связи · проверено %1</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Подключение…</translation>
    </message>
    <message>
        <source>No connection</source>
        <translation>Нет сети</translation>
    </message>
    <message numerus="yes">
        <source>%n open</source>
        <translation>
            <numerusform>%n открыта</numerusform>
            <numerusform>%n открыты</numerusform>
            <numerusform>%n открыто</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n overdue</source>
        <translation>
            <numerusform>%n просрочена</numerusform>
            <numerusform>%n просрочены</numerusform>
            <numerusform>%n просрочено</numerusform>
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
    <message>
        <source>DeskHelp tries again by itself.</source>
        <translation>DeskHelp повторит попытку сам.</translation>
    </message>
    <message>
        <source>Not tried: %1.</source>
        <translation>Не проверено: %1.</translation>
    </message>
    <message>
        <source>server name</source>
        <translation>имя сервера</translation>
    </message>
    <message>
        <source>connection</source>
        <translation>соединение</translation>
    </message>
    <message>
        <source>certificate</source>
        <translation>сертификат</translation>
    </message>
    <message>
        <source>login</source>
        <translation>вход</translation>
    </message>
    <message>
        <source>folders</source>
        <translation>папки</translation>
    </message>
    <message>
        <source>news at once</source>
        <translation>мгновенные уведомления</translation>
    </message>
    <message>
        <source>server for sending</source>
        <translation>сервер отправки</translation>
    </message>
    <message>
        <source>login for sending</source>
        <translation>вход для отправки</translation>
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
        <translation>Название</translation>
    </message>
    <message>
        <source>Color</source>
        <translation>Цвет</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Описание</translation>
    </message>
    <message>
        <source>There is a tag of this name already.</source>
        <translation>Метка с таким названием уже есть.</translation>
    </message>
</context>
<context>
    <name>TeamDoor</name>
    <message>
        <source>You work alone. In a team everybody has all tickets on a computer of their own, offline too; changes are exchanged through a place that all can reach. DeskHelp needs no server for that.</source>
        <translation>Вы работаете в одиночку. В команде у каждого на своём компьютере есть все заявки, и без сети тоже; изменениями обмениваются через место, доступное всем. Сервер DeskHelp для этого не нужен.</translation>
    </message>
    <message>
        <source>The first one founds the team; the others join it at the same place. What is here is taken along.</source>
        <translation>Первый создаёт команду, остальные присоединяются к ней в том же месте. Всё, что есть здесь, войдёт в команду.</translation>
    </message>
    <message>
        <source>a shared folder</source>
        <translation>общая папка</translation>
    </message>
    <message>
        <source>a shared database file</source>
        <translation>общий файл базы данных</translation>
    </message>
    <message>
        <source>a PostgreSQL server</source>
        <translation>на сервере PostgreSQL</translation>
    </message>
    <message>
        <source>a folder of the mailbox</source>
        <translation>в папке почтового ящика</translation>
    </message>
    <message>
        <source>The team meets in</source>
        <translation>Место встречи команды</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Место</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Пользователь</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Пароль</translation>
    </message>
    <message>
        <source>only to join an encrypted team</source>
        <translation>только чтобы вступить в зашифрованную команду</translation>
    </message>
    <message>
        <source>Pairing code</source>
        <translation>Код сопряжения</translation>
    </message>
    <message>
        <source>Encrypt what lies there, so that the keeper of the place cannot read it</source>
        <translation>Шифровать всё, что там лежит, чтобы хранитель места не мог это прочесть</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>Обзор…</translation>
    </message>
    <message>
        <source>Mailbox</source>
        <translation>Ящик</translation>
    </message>
    <message>
        <source>connect a mailbox first</source>
        <translation>сначала подключите ящик</translation>
    </message>
    <message>
        <source>Found a team here</source>
        <translation>Создать команду здесь</translation>
    </message>
    <message>
        <source>Join the team there</source>
        <translation>Присоединиться к команде</translation>
    </message>
    <message>
        <source>Where the team meets</source>
        <translation>Место встречи команды</translation>
    </message>
</context>
<context>
    <name>TeamPanel</name>
    <message>
        <source>You work in a team. Everything is on this computer too, so you can go on offline.</source>
        <translation>Вы работаете в команде. Всё есть и на этом компьютере, поэтому работать можно и без сети.</translation>
    </message>
    <message>
        <source>This computer&apos;s name</source>
        <translation>Имя этого компьютера</translation>
    </message>
    <message>
        <source>The team meets in</source>
        <translation>Место встречи команды</translation>
    </message>
    <message>
        <source>Encrypted</source>
        <translation>Шифрование</translation>
    </message>
    <message>
        <source>Other computers</source>
        <translation>Другие компьютеры</translation>
    </message>
    <message>
        <source>Last exchange</source>
        <translation>Последний обмен</translation>
    </message>
    <message>
        <source>Not handed over yet</source>
        <translation>Ещё не передано</translation>
    </message>
    <message>
        <source>Pairing code</source>
        <translation>Код сопряжения</translation>
    </message>
    <message>
        <source>Give the code</source>
        <translation>Указать код</translation>
    </message>
    <message>
        <source>New password</source>
        <translation>Новый пароль</translation>
    </message>
    <message>
        <source>Give the password</source>
        <translation>Ввести пароль</translation>
    </message>
    <message>
        <source>Exchange now</source>
        <translation>Обменяться сейчас</translation>
    </message>
    <message>
        <source>Show the pairing code</source>
        <translation>Показать код сопряжения</translation>
    </message>
    <message>
        <source>Leave the team…</source>
        <translation>Выйти из команды…</translation>
    </message>
    <message>
        <source>yes: others join with the pairing code</source>
        <translation>есть: другие вступают с кодом сопряжения</translation>
    </message>
    <message>
        <source>no</source>
        <translation>нет</translation>
    </message>
    <message>
        <source>not yet</source>
        <translation>ещё не было</translation>
    </message>
    <message numerus="yes">
        <source>%n parcel(s) of changes</source>
        <translation>
            <numerusform>%n пакет изменений</numerusform>
            <numerusform>%n пакета изменений</numerusform>
            <numerusform>%n пакетов изменений</numerusform>
        </translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>ничего</translation>
    </message>
    <message>
        <source>%1, last heard %2</source>
        <translation>%1, последние новости: %2</translation>
    </message>
    <message>
        <source>none yet</source>
        <translation>пока нет</translation>
    </message>
    <message>
        <source>Leave the team</source>
        <translation>Выход из команды</translation>
    </message>
    <message>
        <source>Exchange no more with the team? All tickets stay on this computer, and with the others.</source>
        <translation>Больше не обмениваться с командой? Все заявки останутся на этом компьютере и у остальных.</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>Выйти</translation>
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
        <translation>Назначить</translation>
    </message>
    <message>
        <source>No department</source>
        <translation>Без отдела</translation>
    </message>
    <message>
        <source>Department</source>
        <translation>Отдел</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Статус</translation>
    </message>
    <message>
        <source>Block</source>
        <translation>Заблокировать</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>Приоритет</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>Срок</translation>
    </message>
    <message>
        <source>Snooze until</source>
        <translation>Отложить до</translation>
    </message>
    <message>
        <source>Merge %1 into</source>
        <translation>Объединить %1 с</translation>
    </message>
</context>
<context>
    <name>TicketListPane</name>
    <message>
        <source>Latest activity</source>
        <translation>По активности</translation>
    </message>
    <message>
        <source>Newest ticket</source>
        <translation>Сначала новые</translation>
    </message>
    <message>
        <source>Waiting longest</source>
        <translation>Дольше всех ждут</translation>
    </message>
    <message>
        <source>Due date</source>
        <translation>Срок</translation>
    </message>
    <message>
        <source>Sorted by: %1</source>
        <translation>Порядок: %1</translation>
    </message>
</context>
<context>
    <name>TicketListView</name>
    <message>
        <source>Tickets</source>
        <translation>Заявки</translation>
    </message>
</context>
<context>
    <name>Toast</name>
    <message>
        <source>Undo</source>
        <translation>Отменить</translation>
    </message>
</context>
<context>
    <name>ToolBar</name>
    <message>
        <source>Tools</source>
        <translation>Инструменты</translation>
    </message>
</context>
<context>
    <name>TroubleBar</name>
    <message>
        <source>Copy the details</source>
        <translation>Скопировать подробности</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
</context>
<context>
    <name>WelcomePage</name>
    <message>
        <source>Welcome to DeskHelp</source>
        <translation>Добро пожаловать в DeskHelp</translation>
    </message>
    <message>
        <source>One shared mailbox becomes a desk where every question has an owner and gets its answer.</source>
        <translation>Общий почтовый ящик становится службой поддержки: у каждого вопроса есть ответственный и будет ответ.</translation>
    </message>
    <message>
        <source>DeskHelp reads mail without marking, moving or deleting anything on the server.</source>
        <translation>DeskHelp читает почту, ничего не помечая, не перенося и не удаляя на сервере.</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Как в системе</translation>
    </message>
    <message>
        <source>As colleagues and customers know you</source>
        <translation>Как вас знают коллеги и клиенты</translation>
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
        <translation>Посмотреть на примере</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Позже</translation>
    </message>
</context>
<context>
    <name>WindowActs</name>
    <message>
        <source>%1 copied</source>
        <translation>%1 скопировано</translation>
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
        <source>%1 is answering</source>
        <translation>%1 отвечает</translation>
    </message>
    <message>
        <source>%1 and %2 more are answering</source>
        <translation>%1 и ещё %2 отвечают</translation>
    </message>
    <message>
        <source>%1 is looking</source>
        <translation>%1 смотрит</translation>
    </message>
    <message>
        <source>%1 and %2 more are looking</source>
        <translation>%1 и ещё %2 смотрят</translation>
    </message>
    <message>
        <source>Unknown sender</source>
        <translation>Неизвестный отправитель</translation>
    </message>
    <message>
        <source>Something arrived that its author had not seen.</source>
        <translation>Пришло то, чего автор ещё не видел.</translation>
    </message>
    <message>
        <source>Held by an agent.</source>
        <translation>Задержано сотрудником.</translation>
    </message>
    <message>
        <source>It may have left already: this desk is a copy, or was put back from a backup.</source>
        <translation>Возможно, уже отправлено: это копия или база, восстановленная из резервной копии.</translation>
    </message>
    <message>
        <source>DeskHelp was stopped while this was being sent.</source>
        <translation>DeskHelp был остановлен во время отправки.</translation>
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
        <translation>Будет отправлено</translation>
    </message>
    <message>
        <source>Being sent</source>
        <translation>Отправляется</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Отправлено</translation>
    </message>
    <message>
        <source>Will be tried again</source>
        <translation>Будет повторено</translation>
    </message>
    <message>
        <source>Refused by the server</source>
        <translation>Отклонено сервером</translation>
    </message>
    <message>
        <source>Refused for some recipients</source>
        <translation>Отклонено для части получателей</translation>
    </message>
    <message>
        <source>Not known whether it was sent</source>
        <translation>Неизвестно, отправлено ли</translation>
    </message>
    <message>
        <source>Held back: something new came in</source>
        <translation>Задержано: пришло новое</translation>
    </message>
    <message>
        <source>Not sent</source>
        <translation>Не отправлено</translation>
    </message>
    <message>
        <source>Came back</source>
        <translation>Вернулось</translation>
    </message>
    <message>
        <source>yesterday</source>
        <translation>вчера</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 мин</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 ч</translation>
    </message>
    <message>
        <source>%1 d</source>
        <translation>%1 дн.</translation>
    </message>
    <message>
        <source>overdue %1</source>
        <translation>просрочено %1</translation>
    </message>
    <message>
        <source>%1 B</source>
        <translation>%1 Б</translation>
    </message>
    <message>
        <source>Getting the team&apos;s data: %1 %</source>
        <translation>Данные команды загружаются: %1 %</translation>
    </message>
</context>
<context>
    <name>trouble</name>
    <message>
        <source>A canned reply in {path} has no name or no text.</source>
        <translation>У шаблона в {path} нет названия или текста.</translation>
    </message>
    <message>
        <source>A firewall may be in between, or the network is slow. DeskHelp tries again by itself.</source>
        <translation>Возможно, мешает межсетевой экран или сеть медленная. DeskHelp повторит попытку сам.</translation>
    </message>
    <message>
        <source>A tag needs a name.</source>
        <translation>Метке нужно название.</translation>
    </message>
    <message>
        <source>A ticket cannot be merged into itself.</source>
        <translation>Заявку нельзя объединить с самой собой.</translation>
    </message>
    <message>
        <source>After the question mark may stand: {known}.</source>
        <translation>После вопросительного знака могут стоять: {known}.</translation>
    </message>
    <message>
        <source>An escalation needs somebody to go to and a reason.</source>
        <translation>Для эскалации нужны адресат и причина.</translation>
    </message>
    <message>
        <source>Another DeskHelp of this profile is fetching and sending mail.</source>
        <translation>Почту этого профиля уже получает и отправляет другой DeskHelp.</translation>
    </message>
    <message>
        <source>Another program holds the database.</source>
        <translation>Базу данных занимает другая программа.</translation>
    </message>
    <message>
        <source>Ask the administrator whether the account may use IMAP, and whether the user name is the mailbox&apos;s own.</source>
        <translation>Спросите администратора, разрешён ли IMAP для этой учётной записи и принадлежит ли имя пользователя этому ящику.</translation>
    </message>
    <message>
        <source>Ask the server&apos;s administrator.</source>
        <translation>Спросите администратора сервера.</translation>
    </message>
    <message>
        <source>At least one message has to stay in the old ticket.</source>
        <translation>В старой заявке должно остаться хотя бы одно сообщение.</translation>
    </message>
    <message>
        <source>Check its addresses and subject.</source>
        <translation>Проверьте адреса и тему.</translation>
    </message>
    <message>
        <source>Check its spelling, and whether this computer is online. DeskHelp tries again by itself.</source>
        <translation>Проверьте написание и подключён ли компьютер к сети. DeskHelp повторит попытку сам.</translation>
    </message>
    <message>
        <source>Check port and kind of protection: TLS usually is on port {tls_port}.</source>
        <translation>Проверьте порт и вид защиты: TLS обычно на порту {tls_port}.</translation>
    </message>
    <message>
        <source>Check that the file exists and may be read: {why}.</source>
        <translation>Проверьте, что файл существует и доступен для чтения: {why}.</translation>
    </message>
    <message>
        <source>Check the address of the team and the network; DeskHelp goes on without it.</source>
        <translation>Проверьте адрес команды и сеть; DeskHelp пока работает без неё.</translation>
    </message>
    <message>
        <source>Check the port; or the server is just down. DeskHelp tries again by itself.</source>
        <translation>Проверьте порт; возможно, сервер сейчас не работает. DeskHelp повторит попытку сам.</translation>
    </message>
    <message>
        <source>Check this computer&apos;s date and time.</source>
        <translation>Проверьте дату и время на этом компьютере.</translation>
    </message>
    <message>
        <source>Check this computer&apos;s date and time; if they are right, tell the server&apos;s administrator.</source>
        <translation>Проверьте дату и время на этом компьютере; если они верны, сообщите администратору сервера.</translation>
    </message>
    <message>
        <source>Check whether this computer is online. DeskHelp tries again by itself.</source>
        <translation>Проверьте, подключён ли компьютер к сети. DeskHelp повторит попытку сам.</translation>
    </message>
    <message>
        <source>Choose another folder in the account&apos;s settings. Mail that was loaded stays here.</source>
        <translation>Выберите другую папку в настройках ящика. Загруженные письма остаются здесь.</translation>
    </message>
    <message>
        <source>Choose another folder with --profile, or ask for the rights to this one.</source>
        <translation>Выберите другую папку через --profile или получите права на эту.</translation>
    </message>
    <message>
        <source>Choose another profile; the file was left alone.</source>
        <translation>Выберите другой профиль; файл не тронут.</translation>
    </message>
    <message>
        <source>Choose the messages that make the new ticket.</source>
        <translation>Выберите сообщения для новой заявки.</translation>
    </message>
    <message>
        <source>Close it, or let it do the work.</source>
        <translation>Закройте его или предоставьте работу ему.</translation>
    </message>
    <message>
        <source>Connect one in the settings.</source>
        <translation>Подключите ящик в настройках.</translation>
    </message>
    <message>
        <source>DeskHelp cannot tell there which mail is new. Choose another folder or server.</source>
        <translation>DeskHelp не может отличить там новые письма. Выберите другую папку или сервер.</translation>
    </message>
    <message>
        <source>DeskHelp tries again by itself. Nothing is lost.</source>
        <translation>DeskHelp повторит попытку сам. Ничего не потеряно.</translation>
    </message>
    <message>
        <source>DeskHelp waits and tries again by itself.</source>
        <translation>DeskHelp подождёт и повторит попытку сам.</translation>
    </message>
    <message>
        <source>Fill in {names} first; it would go out as it stands.</source>
        <translation>Сначала заполните {names}, иначе оно уйдёт как есть.</translation>
    </message>
    <message>
        <source>Found one there, or look for the right place.</source>
        <translation>Создайте её там или укажите верное место.</translation>
    </message>
    <message>
        <source>If it is your own server, give its certificate as the CA file of this account.</source>
        <translation>Если это ваш сервер, укажите его сертификат как центр сертификации ящика.</translation>
    </message>
    <message>
        <source>If this repeats, tell the server&apos;s administrator.</source>
        <translation>Если это повторится, сообщите администратору сервера.</translation>
    </message>
    <message>
        <source>If your organisation has an authority of its own, give its certificate as the CA file.</source>
        <translation>Если у вашей организации свой центр сертификации, укажите его сертификат.</translation>
    </message>
    <message>
        <source>Install the newer version on this computer too; nothing was changed.</source>
        <translation>Установите новую версию и на этот компьютер; ничего не изменено.</translation>
    </message>
    <message>
        <source>It can be looked at; changes and sending wait until it can be written again.</source>
        <translation>Её можно просматривать; изменения и отправка подождут, пока запись не станет возможной.</translation>
    </message>
    <message>
        <source>It is too late: this message is on its way.</source>
        <translation>Поздно: письмо уже отправляется.</translation>
    </message>
    <message>
        <source>It is written postgresql://USER@HOST:PORT/DATABASE; signs like @ / ? # in a password are written %40 %2F %3F %23.</source>
        <translation>Пишется postgresql://ПОЛЬЗОВАТЕЛЬ@СЕРВЕР:ПОРТ/БАЗА; знаки @ / ? # в пароле пишутся как %40 %2F %3F %23.</translation>
    </message>
    <message>
        <source>It may be a copy for reading; name the main server in the address of the team.</source>
        <translation>Возможно, это копия только для чтения; укажите в адресе команды основной сервер.</translation>
    </message>
    <message>
        <source>It must hold the certificate of your authority in PEM form.</source>
        <translation>В нём должен быть сертификат вашего центра в формате PEM.</translation>
    </message>
    <message>
        <source>Its raw text can be looked at.</source>
        <translation>Можно посмотреть его исходный текст.</translation>
    </message>
    <message>
        <source>Join it instead.</source>
        <translation>Присоединитесь к ней.</translation>
    </message>
    <message>
        <source>Leave it out; DeskHelp asks for it and keeps it in the system&apos;s keyring.</source>
        <translation>Уберите его; DeskHelp спросит пароль и сохранит в хранилище системы.</translation>
    </message>
    <message>
        <source>Line {line} of the settings file {path} is wrong: {reason}.</source>
        <translation>Строка {line} файла настроек {path} неверна: {reason}.</translation>
    </message>
    <message>
        <source>Mend that line, or move the file away to start from the defaults; it is left as it is.</source>
        <translation>Исправьте строку или уберите файл, чтобы начать с исходных настроек; он оставлен как есть.</translation>
    </message>
    <message>
        <source>Name one in the settings; what is in the outbox waits.</source>
        <translation>Укажите его в настройках; исходящие подождут.</translation>
    </message>
    <message>
        <source>No mailbox is connected yet, so nothing can be sent.</source>
        <translation>Ящик ещё не подключён, отправлять неоткуда.</translation>
    </message>
    <message>
        <source>No program on this computer opens {name} ({kind}).</source>
        <translation>На этом компьютере нет программы для {name} ({kind}).</translation>
    </message>
    <message>
        <source>Nobody has said who works at this installation yet.</source>
        <translation>Ещё не указано, кто работает на этом компьютере.</translation>
    </message>
    <message>
        <source>Not all of these messages are in this ticket.</source>
        <translation>Не все эти сообщения из этой заявки.</translation>
    </message>
    <message>
        <source>Only a message that is waiting can be held.</source>
        <translation>Задержать можно только ожидающее письмо.</translation>
    </message>
    <message>
        <source>Only an uncertain message can be marked as sent.</source>
        <translation>Отметить отправленным можно только письмо с неизвестной судьбой.</translation>
    </message>
    <message>
        <source>Only notes can be deleted; what was sent or came in stays.</source>
        <translation>Удалять можно только заметки; отправленное и полученное остаётся.</translation>
    </message>
    <message>
        <source>Save it if you are sure, and let somebody who knows look at it.</source>
        <translation>Сохраните его, только если уверены, и покажите специалисту.</translation>
    </message>
    <message>
        <source>Say to whom it goes.</source>
        <translation>Укажите, кому отправить.</translation>
    </message>
    <message>
        <source>Say what it is about.</source>
        <translation>Укажите, о чём обращение.</translation>
    </message>
    <message>
        <source>Something went wrong inside DeskHelp.</source>
        <translation>В DeskHelp произошла ошибка.</translation>
    </message>
    <message>
        <source>Switch it on in the settings of the mailbox.</source>
        <translation>Включите его в настройках ящика.</translation>
    </message>
    <message>
        <source>The address of the server must not contain the password.</source>
        <translation>В адресе сервера не должно быть пароля.</translation>
    </message>
    <message>
        <source>The certificate file {file} could not be used.</source>
        <translation>Файл сертификата {file} не подошёл.</translation>
    </message>
    <message>
        <source>The certificate of {host} cannot be trusted.</source>
        <translation>Сертификату {host} нельзя доверять.</translation>
    </message>
    <message>
        <source>The certificate of {host} has expired.</source>
        <translation>Срок сертификата {host} истёк.</translation>
    </message>
    <message>
        <source>The certificate of {host} is not valid yet.</source>
        <translation>Сертификат {host} ещё не действует.</translation>
    </message>
    <message>
        <source>The connection to {host} broke off.</source>
        <translation>Связь с {host} оборвалась.</translation>
    </message>
    <message>
        <source>The database {path} cannot be opened.</source>
        <translation>Базу данных {path} не удалось открыть.</translation>
    </message>
    <message>
        <source>The database {path} cannot be opened: {why}.</source>
        <translation>Базу данных {path} не удалось открыть: {why}.</translation>
    </message>
    <message>
        <source>The database {path} cannot be written.</source>
        <translation>В базу данных {path} нельзя записать.</translation>
    </message>
    <message>
        <source>Open it once where it can be written; nothing was changed.</source>
        <translation>Откройте её один раз там, где возможна запись; ничего не изменено.</translation>
    </message>
    <message>
        <source>A colleague&apos;s DeskHelp is newer, and some of its changes cannot be read here yet.</source>
        <translation>У коллеги более новый DeskHelp, и часть его изменений здесь пока не читается.</translation>
    </message>
    <message>
        <source>A computer&apos;s name has 1 to {count} characters.</source>
        <translation>В имени компьютера от 1 до {count} знаков.</translation>
    </message>
    <message>
        <source>A passphrase has at least {count} characters.</source>
        <translation>В парольной фразе не меньше {count} знаков.</translation>
    </message>
    <message>
        <source>A passphrase is wanted.</source>
        <translation>Нужна парольная фраза.</translation>
    </message>
    <message>
        <source>A password is wanted.</source>
        <translation>Нужен пароль.</translation>
    </message>
    <message>
        <source>An answer to them is just being sent.</source>
        <translation>Ответ этому клиенту как раз отправляется.</translation>
    </message>
    <message>
        <source>Another backup of this profile is being made or read.</source>
        <translation>Другая резервная копия этого профиля как раз создаётся или читается.</translation>
    </message>
    <message>
        <source>Ask a colleague to show it.</source>
        <translation>Попросите коллегу показать его.</translation>
    </message>
    <message>
        <source>Ask a colleague to show yours.</source>
        <translation>Попросите коллегу показать код вашей.</translation>
    </message>
    <message>
        <source>Ask whoever runs it for the right to write there. Nothing is lost: changes are handed over then.</source>
        <translation>Попросите у администратора право записи. Ничего не потеряно: изменения будут переданы потом.</translation>
    </message>
    <message>
        <source>Ask {names}.</source>
        <translation>Обратитесь: {names}.</translation>
    </message>
    <message>
        <source>At {url} there is another team now.</source>
        <translation>По адресу {url} теперь другая команда.</translation>
    </message>
    <message>
        <source>Block this sender alone, or the domain in the settings if you mean it.</source>
        <translation>Заблокируйте только этого отправителя или, если так и задумано, домен в настройках.</translation>
    </message>
    <message>
        <source>Choose a canned reply without questions.</source>
        <translation>Выберите шаблон без вопросов.</translation>
    </message>
    <message>
        <source>Choose another folder in the account&apos;s settings.</source>
        <translation>Выберите другую папку в настройках ящика.</translation>
    </message>
    <message>
        <source>Connect it again; DeskHelp goes on without it, and writes nothing in its place.</source>
        <translation>Подключите его снова; DeskHelp работает без него и ничего не пишет вместо него.</translation>
    </message>
    <message>
        <source>Connect it first: in the settings of the mailboxes, or with deskhelp account add.</source>
        <translation>Сначала подключите его: в настройках ящиков или командой deskhelp account add.</translation>
    </message>
    <message>
        <source>DeskHelp asks it every minute instead.</source>
        <translation>DeskHelp будет спрашивать его каждую минуту.</translation>
    </message>
    <message>
        <source>DeskHelp goes on without it and exchanges changes when it is back.</source>
        <translation>DeskHelp работает без неё и обменяется изменениями, когда она появится.</translation>
    </message>
    <message>
        <source>DeskHelp makes it anew if the server allows it, and fills it from this computer. Nothing is lost.</source>
        <translation>DeskHelp создаст её заново, если сервер позволит, и наполнит с этого компьютера. Ничего не потеряно.</translation>
    </message>
    <message>
        <source>Erase again when it has left.</source>
        <translation>Повторите, когда он уйдёт.</translation>
    </message>
    <message>
        <source>Give it in the settings of the team or with: deskhelp team password; for one run, in DESKHELP_TEAM_PASSWORD.</source>
        <translation>Укажите его в настройках команды или командой deskhelp team password; на один запуск — в DESKHELP_TEAM_PASSWORD.</translation>
    </message>
    <message>
        <source>Give it in the settings of the team, or in DESKHELP_TEAM_CODE; a colleague can show it.</source>
        <translation>Укажите его в настройках команды или в DESKHELP_TEAM_CODE; коллега может его показать.</translation>
    </message>
    <message>
        <source>Give it with --passphrase-stdin or in DESKHELP_BACKUP_PASSPHRASE.</source>
        <translation>Передайте её через --passphrase-stdin или в DESKHELP_BACKUP_PASSPHRASE.</translation>
    </message>
    <message>
        <source>Give its pairing code: whoever is in it can show it.</source>
        <translation>Укажите её код сопряжения: его может показать любой её участник.</translation>
    </message>
    <message>
        <source>Give its passphrase.</source>
        <translation>Введите её парольную фразу.</translation>
    </message>
    <message>
        <source>Install the newer version on this computer too; they are taken in then.</source>
        <translation>Установите новую версию и на этом компьютере — тогда они будут приняты.</translation>
    </message>
    <message>
        <source>Install the newer version.</source>
        <translation>Установите новую версию.</translation>
    </message>
    <message>
        <source>It answers on port {port}.</source>
        <translation>Он отвечает на порту {port}.</translation>
    </message>
    <message>
        <source>It goes on under a name of its own; answers that were waiting are held until somebody looks.</source>
        <translation>Она продолжает работу под собственным именем; ожидавшие отправки ответы задержаны, пока их не проверят.</translation>
    </message>
    <message>
        <source>It is fetched anew from whoever has it.</source>
        <translation>Он будет взят заново у того, у кого он есть.</translation>
    </message>
    <message>
        <source>It is written folder:///PATH for a folder, sqlite:///PATH for a database file, postgresql://USER@HOST/DATABASE or imap:MAILBOX for a mailbox that is connected here.</source>
        <translation>Пишется folder:///ПУТЬ для папки, sqlite:///ПУТЬ для файла базы, postgresql://ПОЛЬЗОВАТЕЛЬ@СЕРВЕР/БАЗА или imap:ЯЩИК для подключённого здесь почтового ящика.</translation>
    </message>
    <message>
        <source>It stays with them; if it shall be yours, take it over in the ticket.</source>
        <translation>Она остаётся за коллегой; если её должны вести вы, примите её в самой заявке.</translation>
    </message>
    <message>
        <source>It was filled again from this computer; nothing is lost.</source>
        <translation>Оно заполнено заново с этого компьютера, ничего не потеряно.</translation>
    </message>
    <message>
        <source>Its certificate is valid for {host}.</source>
        <translation>Его сертификат выдан для {host} и действителен.</translation>
    </message>
    <message>
        <source>Its owner allows it with: GRANT SELECT, INSERT, UPDATE ON {tables} TO &quot;{user}&quot;;</source>
        <translation>Её владелец разрешает это командой: GRANT SELECT, INSERT, UPDATE ON {tables} TO &quot;{user}&quot;;</translation>
    </message>
    <message>
        <source>Its owner allows it with: GRANT USAGE, CREATE ON SCHEMA {schema} TO &quot;{user}&quot;;</source>
        <translation>Её владелец разрешает это командой: GRANT USAGE, CREATE ON SCHEMA {schema} TO &quot;{user}&quot;;</translation>
    </message>
    <message>
        <source>Join one with: deskhelp team join.</source>
        <translation>Присоединитесь к команде: deskhelp team join.</translation>
    </message>
    <message>
        <source>Leave that one first.</source>
        <translation>Сначала выйдите из неё.</translation>
    </message>
    <message>
        <source>Look at both and decide, in the ticket or in the outbox.</source>
        <translation>Посмотрите на оба и решите — в заявке или в «Исходящих».</translation>
    </message>
    <message>
        <source>Look at it once more: it has seven groups of four letters and digits.</source>
        <translation>Проверьте его ещё раз: в нём семь групп по четыре буквы и цифры.</translation>
    </message>
    <message>
        <source>Look whether a machine writes to you, then go on in the settings of the mailbox.</source>
        <translation>Проверьте, не пишет ли вам автомат, и продолжите в настройках ящика.</translation>
    </message>
    <message>
        <source>Make room on it and try again.</source>
        <translation>Освободите место и повторите попытку.</translation>
    </message>
    <message>
        <source>Make room on it and try again; nothing that was saved before is lost.</source>
        <translation>Освободите место и повторите попытку; ничего из сохранённого раньше не потеряно.</translation>
    </message>
    <message>
        <source>Make room on it; answering and saving still work.</source>
        <translation>Освободите на нём место; отвечать и сохранять по-прежнему можно.</translation>
    </message>
    <message>
        <source>Make room there. Nothing is lost: your changes are handed over then.</source>
        <translation>Освободите на нём место. Ничего не потеряно: ваши изменения будут переданы потом.</translation>
    </message>
    <message>
        <source>Name another file.</source>
        <translation>Укажите другой файл.</translation>
    </message>
    <message>
        <source>Name the authority&apos;s file with ?sslrootcert=FILE in the address; nothing is sent to it unproven.</source>
        <translation>Укажите в адресе файл центра сертификации: ?sslrootcert=ФАЙЛ; непроверенному серверу ничего не отправляется.</translation>
    </message>
    <message>
        <source>New requests to {address} are not acknowledged any more: too many answers went out within an hour.</source>
        <translation>Новые заявки на {address} больше не получают автоответа: за час их ушло слишком много.</translation>
    </message>
    <message>
        <source>No backup was made ready to be put in place.</source>
        <translation>Копия для восстановления не подготовлена.</translation>
    </message>
    <message>
        <source>No team can meet in it: let the server&apos;s administrator know, or choose another place.</source>
        <translation>Команда не может в нём встречаться: сообщите администратору сервера или выберите другое место.</translation>
    </message>
    <message>
        <source>Nobody wrote this ticket by mail, so there is no sender to block.</source>
        <translation>Эту заявку никто не прислал почтой: блокировать некого.</translation>
    </message>
    <message>
        <source>Not tried.</source>
        <translation>Не проверено.</translation>
    </message>
    <message>
        <source>Nothing is exchanged. Leave the team and join the other one if that is meant.</source>
        <translation>Обмен не выполняется. Если так задумано, выйдите из команды и присоединитесь к другой.</translation>
    </message>
    <message>
        <source>Nothing is lost. Make room in it, or have it made larger; DeskHelp tries again.</source>
        <translation>Ничего не потеряно. Освободите в нём место или попросите его увеличить; DeskHelp повторит попытку.</translation>
    </message>
    <message>
        <source>Nothing is lost; DeskHelp tries again.</source>
        <translation>Ничего не потеряно, DeskHelp попробует ещё раз.</translation>
    </message>
    <message>
        <source>Nothing is said about “{name}”.</source>
        <translation>О «{name}» ничего не сказано.</translation>
    </message>
    <message>
        <source>Nothing of this kind is asked about ticket {code}.</source>
        <translation>О заявке {code} ничего такого не спрашивается.</translation>
    </message>
    <message>
        <source>Nothing was changed.</source>
        <translation>Ничего не изменилось.</translation>
    </message>
    <message>
        <source>Nothing was written.</source>
        <translation>Ничего не записано.</translation>
    </message>
    <message>
        <source>Run “deskhelp check”, or restore a backup; the damaged file is kept.</source>
        <translation>Выполните «deskhelp check» или восстановите резервную копию; повреждённый файл сохранён.</translation>
    </message>
    <message>
        <source>Say who you are first: Settings, Agents.</source>
        <translation>Сначала укажите, кто вы: Настройки, Сотрудники.</translation>
    </message>
    <message>
        <source>Set it right if it is the wrong one: colleagues see your changes at the times that it says.</source>
        <translation>Если неверны они, исправьте их: коллеги видят ваши изменения с этим временем.</translation>
    </message>
    <message>
        <source>Somebody with the rights to its folder must rename it; DeskHelp then makes it anew.</source>
        <translation>Его должен переименовать тот, у кого есть права на эту папку; тогда DeskHelp создаст его заново.</translation>
    </message>
    <message>
        <source>Take a file off, or put it on a share and send the link.</source>
        <translation>Уберите файл или положите его в общую папку и отправьте ссылку.</translation>
    </message>
    <message>
        <source>The address of the team&apos;s database cannot be read.</source>
        <translation>Адрес базы данных команды не удаётся прочитать.</translation>
    </message>
    <message>
        <source>The backup does not hold what the database holds.</source>
        <translation>В копии оказалось не то, что в базе данных.</translation>
    </message>
    <message>
        <source>The backup {path} cannot be read: {why}.</source>
        <translation>Копию {path} не удаётся прочитать: {why}.</translation>
    </message>
    <message>
        <source>The backup {path} is damaged or not complete.</source>
        <translation>Копия {path} повреждена или неполна.</translation>
    </message>
    <message>
        <source>The connection to {host} broke.</source>
        <translation>Соединение с {host} прервалось.</translation>
    </message>
    <message>
        <source>The database is damaged.</source>
        <translation>База данных повреждена.</translation>
    </message>
    <message>
        <source>The database server at {host} does not let {user} into {database} from this computer.</source>
        <translation>Сервер баз данных {host} не пускает {user} с этого компьютера в базу {database}.</translation>
    </message>
    <message>
        <source>The database server at {host} has no connection left.</source>
        <translation>У сервера баз данных {host} не осталось свободных соединений.</translation>
    </message>
    <message>
        <source>The database server at {host} is stopping or starting.</source>
        <translation>Сервер баз данных {host} останавливается или запускается.</translation>
    </message>
    <message>
        <source>The database server at {host} refuses {user} or the password.</source>
        <translation>Сервер баз данных {host} не принимает имя {user} или пароль.</translation>
    </message>
    <message>
        <source>The database server at {host} took too long.</source>
        <translation>Сервер баз данных {host} отвечал слишком долго.</translation>
    </message>
    <message>
        <source>The demonstration is in no team: its invented tickets would reach the colleagues.</source>
        <translation>Демонстрация не входит в команду: её выдуманные заявки попали бы к коллегам.</translation>
    </message>
    <message>
        <source>The disk is full or does not answer; the last change was not saved.</source>
        <translation>Диск заполнен или не отвечает; последнее изменение не сохранено.</translation>
    </message>
    <message>
        <source>The disk is full.</source>
        <translation>Диск заполнен.</translation>
    </message>
    <message>
        <source>The disk is nearly full: mail is left on the server for now.</source>
        <translation>Диск почти заполнен: пока почта остаётся на сервере.</translation>
    </message>
    <message>
        <source>The disk on which the team meets is full.</source>
        <translation>Диск, на котором встречается команда, заполнен.</translation>
    </message>
    <message>
        <source>The export to {folder} was not finished: {why}.</source>
        <translation>Выгрузка в {folder} не завершена: {why}.</translation>
    </message>
    <message>
        <source>The file {path} cannot be read: {why}.</source>
        <translation>Файл {path} не удалось прочитать: {why}.</translation>
    </message>
    <message>
        <source>The file {path} cannot be written: {reason}.</source>
        <translation>Файл {path} не удалось записать: {reason}.</translation>
    </message>
    <message>
        <source>The file {path} cannot be written: {why}.</source>
        <translation>Файл {path} не удалось записать: {why}.</translation>
    </message>
    <message>
        <source>The file {path} is not a list of canned replies: {why}.</source>
        <translation>Файл {path} — не список шаблонов: {why}.</translation>
    </message>
    <message>
        <source>The folder {folder} holds the changes of a team, no mail.</source>
        <translation>В папке {folder} лежат изменения команды, а не почта.</translation>
    </message>
    <message>
        <source>The folder {folder} on {host} is gone, or may not be opened.</source>
        <translation>Папки {folder} на {host} больше нет или её нельзя открыть.</translation>
    </message>
    <message>
        <source>The level of an escalation is a number from 1 to 9.</source>
        <translation>Уровень эскалации — число от 1 до 9.</translation>
    </message>
    <message>
        <source>The mailbox does not keep what is put there as it is.</source>
        <translation>Почтовый ящик меняет то, что в него кладут.</translation>
    </message>
    <message>
        <source>The mailbox on {host} is full: the team&apos;s changes cannot be put there.</source>
        <translation>Ящик на {host} переполнен: изменения команды положить некуда.</translation>
    </message>
    <message>
        <source>The mailbox “{name}” has no server, so no team can meet there.</source>
        <translation>У ящика «{name}» нет сервера, поэтому команда там встречаться не может.</translation>
    </message>
    <message>
        <source>The mailbox “{name}”, in which the team meets, is not connected on this computer.</source>
        <translation>Ящик «{name}», в котором встречается команда, не подключён на этом компьютере.</translation>
    </message>
    <message>
        <source>The pairing code is not that of the team at {url}.</source>
        <translation>Это не код сопряжения команды {url}.</translation>
    </message>
    <message>
        <source>The pairing code of the team is not known on this computer.</source>
        <translation>Код сопряжения команды на этом компьютере неизвестен.</translation>
    </message>
    <message>
        <source>The password is kept for this run only; it will be asked for again after the next start.</source>
        <translation>Пароль хранится только до выхода; после следующего запуска его нужно будет ввести снова.</translation>
    </message>
    <message>
        <source>The password of {address} is not known on this computer.</source>
        <translation>Пароль для {address} на этом компьютере неизвестен.</translation>
    </message>
    <message>
        <source>The password of {user} for the team&apos;s database is not known on this computer.</source>
        <translation>Пароль {user} к базе данных команды на этом компьютере неизвестен.</translation>
    </message>
    <message>
        <source>The place of this team asks for no password of its own.</source>
        <translation>У места этой команды нет своего пароля.</translation>
    </message>
    <message>
        <source>The profile folder {path} cannot be used: {reason}.</source>
        <translation>Папку профиля {path} нельзя использовать: {reason}.</translation>
    </message>
    <message>
        <source>The server does not tell of new mail by itself.</source>
        <translation>Сервер не сообщает о новых письмах сам.</translation>
    </message>
    <message>
        <source>The server for sending, {host}, answers.</source>
        <translation>Сервер отправки {host} отвечает.</translation>
    </message>
    <message>
        <source>The server name {host} was not found.</source>
        <translation>Имя сервера {host} не найдено.</translation>
    </message>
    <message>
        <source>The server tells of new mail at once.</source>
        <translation>Сервер сразу сообщает о новых письмах.</translation>
    </message>
    <message>
        <source>The server {host} shows a certificate for another name: {names}.</source>
        <translation>Сервер {host} показывает сертификат на другое имя: {names}.</translation>
    </message>
    <message>
        <source>The server {host} was found.</source>
        <translation>Сервер {host} найден.</translation>
    </message>
    <message>
        <source>The setting {name} must be {reason}.</source>
        <translation>Настройка {name} должна быть {reason}.</translation>
    </message>
    <message>
        <source>The settings file {path} cannot be read: {reason}.</source>
        <translation>Файл настроек {path} не удалось прочитать: {reason}.</translation>
    </message>
    <message>
        <source>The share {path} on which the team meets is not connected.</source>
        <translation>Общий ресурс {path}, на котором встречается команда, не подключён.</translation>
    </message>
    <message>
        <source>The team at {url} cannot be read.</source>
        <translation>Данные команды по адресу {url} не читаются.</translation>
    </message>
    <message>
        <source>The team at {url} is encrypted.</source>
        <translation>Команда {url} зашифрована.</translation>
    </message>
    <message>
        <source>The team at {url} was made by a newer DeskHelp.</source>
        <translation>Команда {url} создана более новой версией DeskHelp.</translation>
    </message>
    <message>
        <source>The team&apos;s database cannot be used: {reason}.</source>
        <translation>База данных команды недоступна: {reason}.</translation>
    </message>
    <message>
        <source>The team&apos;s database is busy.</source>
        <translation>База данных команды занята.</translation>
    </message>
    <message>
        <source>The team&apos;s database {database} takes no changes.</source>
        <translation>База данных команды {database} не принимает изменений.</translation>
    </message>
    <message>
        <source>The team&apos;s database {path} is damaged and cannot be moved aside.</source>
        <translation>База данных команды {path} повреждена, и её не удалось отложить в сторону.</translation>
    </message>
    <message>
        <source>The team&apos;s folder cannot be used: {reason}.</source>
        <translation>Папка команды недоступна: {reason}.</translation>
    </message>
    <message>
        <source>The team&apos;s folder {folder} on {host} is gone, or cannot be used.</source>
        <translation>Папки команды {folder} на {host} больше нет, или ею нельзя пользоваться.</translation>
    </message>
    <message>
        <source>The team&apos;s folder {path} cannot be reached.</source>
        <translation>Папка команды {path} недоступна.</translation>
    </message>
    <message>
        <source>The team&apos;s place cannot be written from this computer.</source>
        <translation>С этого компьютера нельзя записывать в место команды.</translation>
    </message>
    <message>
        <source>The team&apos;s place holds something else under the name {name}.</source>
        <translation>В общем месте команды под именем {name} лежит что-то другое.</translation>
    </message>
    <message>
        <source>The team&apos;s place was empty.</source>
        <translation>Общее место команды оказалось пустым.</translation>
    </message>
    <message>
        <source>The two passphrases differ.</source>
        <translation>Фразы не совпадают.</translation>
    </message>
    <message>
        <source>There is a team at {url} already.</source>
        <translation>По адресу {url} команда уже есть.</translation>
    </message>
    <message>
        <source>There is no computer named {host}.</source>
        <translation>Компьютера с именем {host} нет.</translation>
    </message>
    <message>
        <source>There is no database at {path} yet.</source>
        <translation>Базы данных {path} ещё нет.</translation>
    </message>
    <message>
        <source>There is no database {database} at {host}.</source>
        <translation>На {host} нет базы данных {database}.</translation>
    </message>
    <message>
        <source>There is no field “{name}”; there are status, priority, assignee, department, subject, due, snooze.</source>
        <translation>Поля «{name}» нет; есть status, priority, assignee, department, subject, due, snooze.</translation>
    </message>
    <message>
        <source>There is no file or folder {path}.</source>
        <translation>Нет файла или папки {path}.</translation>
    </message>
    <message>
        <source>There is no file {path}.</source>
        <translation>Нет файла {path}.</translation>
    </message>
    <message>
        <source>There is no mailbox “{name}”.</source>
        <translation>Нет ящика «{name}».</translation>
    </message>
    <message>
        <source>There is no raw mail for this message.</source>
        <translation>У этого сообщения нет исходного письма.</translation>
    </message>
    <message>
        <source>There is no such message.</source>
        <translation>Такого сообщения нет.</translation>
    </message>
    <message>
        <source>There is no such {kind}.</source>
        <translation>Нет такого объекта: {kind}.</translation>
    </message>
    <message>
        <source>There is no team at {url} yet.</source>
        <translation>По адресу {url} команды ещё нет.</translation>
    </message>
    <message>
        <source>There is no ticket {code}.</source>
        <translation>Нет заявки {code}.</translation>
    </message>
    <message>
        <source>There is no {what} “{name}”.</source>
        <translation>Не найдено: {what} «{name}».</translation>
    </message>
    <message>
        <source>There is nothing to save yet.</source>
        <translation>Пока нечего сохранять.</translation>
    </message>
    <message>
        <source>There is nothing to send yet.</source>
        <translation>Пока нечего отправлять.</translation>
    </message>
    <message>
        <source>This computer has no keyring that DeskHelp can use.</source>
        <translation>На этом компьютере нет хранилища паролей, которым может пользоваться DeskHelp.</translation>
    </message>
    <message>
        <source>This computer&apos;s clock is {hours} h ahead of that of the team&apos;s place.</source>
        <translation>Часы этого компьютера спешат относительно часов места команды на {hours} ч.</translation>
    </message>
    <message>
        <source>This computer&apos;s clock is {hours} h behind that of the team&apos;s place.</source>
        <translation>Часы этого компьютера отстают от часов места команды на {hours} ч.</translation>
    </message>
    <message>
        <source>This customer has no address, by which the data could be found.</source>
        <translation>У этого клиента нет адреса, по которому можно найти его данные.</translation>
    </message>
    <message>
        <source>This database was written by a newer DeskHelp.</source>
        <translation>Эту базу данных записал более новый DeskHelp.</translation>
    </message>
    <message>
        <source>This database was written by an older DeskHelp and must be brought up to date first.</source>
        <translation>Эту базу данных записал более старый DeskHelp, её сначала нужно обновить.</translation>
    </message>
    <message>
        <source>This installation is a copy of another one, or was put back from a backup.</source>
        <translation>Эта установка — копия другой или восстановлена из резервной копии.</translation>
    </message>
    <message>
        <source>This installation is in no team.</source>
        <translation>Эта установка не состоит ни в одной команде.</translation>
    </message>
    <message>
        <source>This installation is in the team at {url}.</source>
        <translation>Эта установка состоит в команде по адресу {url}.</translation>
    </message>
    <message>
        <source>This is no pairing code.</source>
        <translation>Это не код сопряжения.</translation>
    </message>
    <message>
        <source>This is not the passphrase of {path}.</source>
        <translation>Это не та парольная фраза, которой зашифрован файл {path}.</translation>
    </message>
    <message>
        <source>This is the pairing code of another team.</source>
        <translation>Это код сопряжения другой команды.</translation>
    </message>
    <message>
        <source>This mail cannot be written: {why}.</source>
        <translation>Это письмо нельзя составить: {why}.</translation>
    </message>
    <message>
        <source>This mail still cannot be read.</source>
        <translation>Письмо по-прежнему не удаётся прочитать.</translation>
    </message>
    <message>
        <source>This message has {size} MB with its attachments, and the server of {address} takes {limit} MB at most.</source>
        <translation>Это сообщение с вложениями занимает {size} МБ, а сервер {address} принимает не больше {limit} МБ.</translation>
    </message>
    <message>
        <source>This message is not in the outbox any more.</source>
        <translation>Этого письма уже нет в исходящих.</translation>
    </message>
    <message>
        <source>This message is on its way or has left.</source>
        <translation>Письмо отправляется или уже отправлено.</translation>
    </message>
    <message>
        <source>This team is not encrypted: others join it without a code.</source>
        <translation>Эта команда не зашифрована: другие вступают в неё без кода.</translation>
    </message>
    <message>
        <source>This text is not here any more, or not here yet.</source>
        <translation>Этого текста здесь уже нет или ещё нет.</translation>
    </message>
    <message>
        <source>This ticket has moved on since; there is nothing to take back any more.</source>
        <translation>Заявка с тех пор изменилась; отменять больше нечего.</translation>
    </message>
    <message>
        <source>Together the attachments may have {limit} MB; put the file on a share and send the link.</source>
        <translation>Вложения вместе могут занимать {limit} МБ; положите файл в общую папку и отправьте ссылку.</translation>
    </message>
    <message>
        <source>Try TLS from the start on port {tls_port}, or ask the server&apos;s administrator.</source>
        <translation>Попробуйте TLS сразу на порту {tls_port} или спросите администратора сервера.</translation>
    </message>
    <message>
        <source>Try again in a moment.</source>
        <translation>Повторите чуть позже.</translation>
    </message>
    <message>
        <source>Try again.</source>
        <translation>Попробуйте ещё раз.</translation>
    </message>
    <message>
        <source>Type it in the settings of the mailbox; reading and sending wait until then.</source>
        <translation>Введите его в настройках ящика; до тех пор чтение и отправка подождут.</translation>
    </message>
    <message>
        <source>Update DeskHelp here.</source>
        <translation>Обновите DeskHelp на этом компьютере.</translation>
    </message>
    <message>
        <source>Use the name in the certificate if it is the same server; else somebody may be listening in.</source>
        <translation>Если это тот же сервер, укажите имя из сертификата; иначе вас может подслушивать посторонний.</translation>
    </message>
    <message>
        <source>Wait until it is done.</source>
        <translation>Подождите, пока это закончится.</translation>
    </message>
    <message>
        <source>What was there before is unchanged.</source>
        <translation>Прежнее содержимое не изменилось.</translation>
    </message>
    <message>
        <source>Whoever runs it allows it in pg_hba.conf, or with GRANT CONNECT and LOGIN.</source>
        <translation>Администратор сервера разрешает это в pg_hba.conf или через GRANT CONNECT и LOGIN.</translation>
    </message>
    <message>
        <source>Whoever runs the server makes it with: CREATE DATABASE &quot;{database}&quot; OWNER &quot;{user}&quot;;</source>
        <translation>Администратор сервера создаёт её командой: CREATE DATABASE &quot;{database}&quot; OWNER &quot;{user}&quot;;</translation>
    </message>
    <message>
        <source>Write fields as status=solved.</source>
        <translation>Пишите поля так: status=solved.</translation>
    </message>
    <message>
        <source>Write it like imaps://name@mail.example.org:993 or smtp+starttls://name@mail.example.org:587.</source>
        <translation>Пишите так: imaps://name@mail.example.org:993 или smtp+starttls://name@mail.example.org:587.</translation>
    </message>
    <message>
        <source>Write tags as +printer or -vpn.</source>
        <translation>Пишите метки так: +принтер или -vpn.</translation>
    </message>
    <message>
        <source>Write {safe}:// (TLS after connecting) or {tls}:// (TLS from the start).</source>
        <translation>Пишите {safe}:// (TLS после соединения) или {tls}:// (TLS сразу).</translation>
    </message>
    <message>
        <source>Your answer to {address} was held back: its ticket went on before it left.</source>
        <translation>Ваш ответ для {address} задержан: до отправки в заявке появилось новое.</translation>
    </message>
    <message>
        <source>Your data is safe; try again. The details are in the log.</source>
        <translation>Данные целы; попробуйте ещё раз. Подробности в журнале.</translation>
    </message>
    <message>
        <source>Your role does not allow this.</source>
        <translation>Ваша роль этого не позволяет.</translation>
    </message>
    <message>
        <source>{address} has no server for outgoing mail.</source>
        <translation>Для {address} не указан сервер исходящей почты.</translation>
    </message>
    <message>
        <source>{address} is an address of the desk: it is not erased.</source>
        <translation>{address} — адрес самой службы, он не стирается.</translation>
    </message>
    <message>
        <source>{code} could be several tickets: {codes}.</source>
        <translation>{code} может означать несколько заявок: {codes}.</translation>
    </message>
    <message>
        <source>{domain} cannot be blocked from here: others who write from there have been answered ({address}, …).</source>
        <translation>{domain} отсюда заблокировать нельзя: другим оттуда уже отвечали ({address}, …).</translation>
    </message>
    <message>
        <source>{folders} folders; {mails} mails in the inbox.</source>
        <translation>Папок: {folders}; писем во входящих: {mails}.</translation>
    </message>
    <message>
        <source>{host} accepts the password of {user}, but has no mailbox open to this user.</source>
        <translation>{host} принимает пароль {user}, но ящик этому пользователю не открыт.</translation>
    </message>
    <message>
        <source>{host} and DeskHelp could not agree on a protected connection on port {port}.</source>
        <translation>{host} и DeskHelp не договорились о защищённом соединении на порту {port}.</translation>
    </message>
    <message>
        <source>{host} asks to come back later: {answer}</source>
        <translation>{host} просит зайти позже: {answer}</translation>
    </message>
    <message>
        <source>{host} cannot be reached on port {port}.</source>
        <translation>{host} недоступен на порту {port}.</translation>
    </message>
    <message>
        <source>{host} could not be proven to be the team&apos;s database server.</source>
        <translation>Не удалось удостовериться, что {host} — сервер баз данных команды.</translation>
    </message>
    <message>
        <source>{host} did not answer on port {port} within {seconds} seconds.</source>
        <translation>{host} не ответил на порту {port} за {seconds} с.</translation>
    </message>
    <message>
        <source>{host} does not number the mails of the folder {folder} reliably.</source>
        <translation>{host} ненадёжно нумерует письма в папке {folder}.</translation>
    </message>
    <message>
        <source>{host} does not take passwords from mail programs.</source>
        <translation>{host} не принимает пароли от почтовых программ.</translation>
    </message>
    <message>
        <source>{host} offers no protected connection on port {port}, so the password was not sent.</source>
        <translation>{host} не предлагает защищённого соединения на порту {port}, поэтому пароль не отправлен.</translation>
    </message>
    <message>
        <source>{host} refused a request: {answer}</source>
        <translation>{host} отклонил запрос: {answer}</translation>
    </message>
    <message>
        <source>{host} refused the password of {user}.</source>
        <translation>{host} отклонил пароль {user}.</translation>
    </message>
    <message>
        <source>{host} refused to take mail from this computer: {answer}</source>
        <translation>{host} отказался принимать почту с этого компьютера: {answer}</translation>
    </message>
    <message>
        <source>{host} says that IMAP is switched off for {user}.</source>
        <translation>{host} сообщает, что IMAP для {user} отключён.</translation>
    </message>
    <message>
        <source>{host} shows a certificate that it signed itself, so nobody vouches for it.</source>
        <translation>{host} показывает самоподписанный сертификат, за который никто не ручается.</translation>
    </message>
    <message>
        <source>{host} takes mail for sending.</source>
        <translation>{host} принимает письма для отправки.</translation>
    </message>
    <message>
        <source>{host} takes no connections on port {port}.</source>
        <translation>{host} не принимает соединений на порту {port}.</translation>
    </message>
    <message>
        <source>{name} cannot be blocked: {address} is one of our own.</source>
        <translation>{name} нельзя заблокировать: {address} — наш собственный адрес.</translation>
    </message>
    <message>
        <source>{name} could not be attached.</source>
        <translation>{name} не удалось вложить.</translation>
    </message>
    <message>
        <source>{name} could not be opened: {reason}.</source>
        <translation>{name} не удалось открыть: {reason}.</translation>
    </message>
    <message>
        <source>{name} had taken the ticket {code} before you did.</source>
        <translation>{name} взял(а) заявку {code} раньше вас.</translation>
    </message>
    <message>
        <source>{name} in the team&apos;s place cannot be decrypted.</source>
        <translation>{name} в месте команды не удаётся расшифровать.</translation>
    </message>
    <message>
        <source>{name} in the team&apos;s place is damaged.</source>
        <translation>{name} в общем месте команды повреждён.</translation>
    </message>
    <message>
        <source>{name} is a kind of file that can run by being opened.</source>
        <translation>{name} — файл, который при открытии может запуститься.</translation>
    </message>
    <message>
        <source>{name} is not in the team&apos;s place.</source>
        <translation>{name} нет в общем месте команды.</translation>
    </message>
    <message>
        <source>{name} is too large to be sent by mail.</source>
        <translation>{name} слишком велик для отправки почтой.</translation>
    </message>
    <message>
        <source>{path} cannot be read: {why}.</source>
        <translation>{path} не удалось прочитать: {why}.</translation>
    </message>
    <message>
        <source>{path} could not be written: {reason}.</source>
        <translation>{path} не удалось записать: {reason}.</translation>
    </message>
    <message>
        <source>{path} is a file, not a folder for a profile.</source>
        <translation>{path} — файл, а не папка профиля.</translation>
    </message>
    <message>
        <source>{path} is empty.</source>
        <translation>{path} пуст.</translation>
    </message>
    <message>
        <source>{path} is encrypted.</source>
        <translation>Файл {path} зашифрован.</translation>
    </message>
    <message>
        <source>{path} is not a DeskHelp database.</source>
        <translation>{path} — не база данных DeskHelp.</translation>
    </message>
    <message>
        <source>{path} is the database itself.</source>
        <translation>{path} — это сама база данных.</translation>
    </message>
    <message>
        <source>{path} was written by a newer DeskHelp.</source>
        <translation>Файл {path} записан более новой версией DeskHelp.</translation>
    </message>
    <message>
        <source>{url} is no place for a team.</source>
        <translation>{url} не подходит как место для команды.</translation>
    </message>
    <message>
        <source>{url} is not an address of a mail server.</source>
        <translation>{url} — не адрес почтового сервера.</translation>
    </message>
    <message>
        <source>{url} would send the password unprotected, which DeskHelp never does.</source>
        <translation>{url} отправил бы пароль без защиты, чего DeskHelp никогда не делает.</translation>
    </message>
    <message>
        <source>{user} is logged in.</source>
        <translation>Вход выполнен: {user}.</translation>
    </message>
    <message>
        <source>{user} may not make tables in the database {database}.</source>
        <translation>{user} не может создавать таблицы в базе данных {database}.</translation>
    </message>
    <message>
        <source>{user} may not read and write the team&apos;s tables in the database {database}.</source>
        <translation>{user} не может читать и записывать таблицы команды в базе данных {database}.</translation>
    </message>
    <message>
        <source>“{address}” is not a mail address.</source>
        <translation>«{address}» — не почтовый адрес.</translation>
    </message>
    <message>
        <source>“{name}” asks “{question}”, which nobody can answer when it is sent by itself.</source>
        <translation>«{name}» спрашивает «{question}», а при автоматической отправке ответить некому.</translation>
    </message>
    <message>
        <source>“{name}” could be several: {names}.</source>
        <translation>«{name}» может означать несколько: {names}.</translation>
    </message>
    <message>
        <source>“{name}” in the address of the team&apos;s database is not understood.</source>
        <translation>«{name}» в адресе базы данных команды непонятно.</translation>
    </message>
    <message>
        <source>“{name}” is neither a mail address nor a domain.</source>
        <translation>«{name}» — не почтовый адрес и не домен.</translation>
    </message>
    <message>
        <source>“{name}” is no mail address.</source>
        <translation>«{name}» — не адрес почты.</translation>
    </message>
    <message>
        <source>“{text}” is no date; write it as 2026-01-31, or “all”.</source>
        <translation>«{text}» — не дата; пишите 2026-01-31 или all.</translation>
    </message>
    <message>
        <source>“{text}” is no time; write it as 2026-01-31T09:00.</source>
        <translation>«{text}» — не время; пишите 2026-01-31T09:00.</translation>
    </message>
    <message>
        <source>“{value}” is none of {words}.</source>
        <translation>«{value}» — не из списка: {words}.</translation>
    </message>
    <message>
        <source>It comes with one of the next exchanges with the team.</source>
        <translation>Оно придёт с одним из ближайших обменов с командой.</translation>
    </message>
    <message>
        <source>The snapshot was made by a newer DeskHelp.</source>
        <translation>Снимок сделан более новой версией DeskHelp.</translation>
    </message>
    <message>
        <source>There is not enough room on the disk for a snapshot.</source>
        <translation>На диске не хватает места для снимка.</translation>
    </message>
    <message>
        <source>This mail itself has not come to this computer yet, only its text.</source>
        <translation>Само письмо ещё не пришло на этот компьютер — только его текст.</translation>
    </message>
    <message>
        <source>{path} is damaged.</source>
        <translation>{path} — файл повреждён.</translation>
    </message>
</context>
</TS>
