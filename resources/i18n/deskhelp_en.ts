<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en_US">
<context>
    <name>BulkPage</name>
    <message numerus="yes">
        <source>%n ticket(s) selected</source>
        <translation>
            <numerusform>%n ticket selected</numerusform>
            <numerusform>%n tickets selected</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ConcernWatch</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ContextPane</name>
    <message numerus="yes">
        <source>Show all %n entries</source>
        <translation>
            <numerusform>Show all %n entry</numerusform>
            <numerusform>Show all %n entries</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ConversationPane</name>
    <message numerus="yes">
        <source>Show %n earlier message(s)</source>
        <translation>
            <numerusform>Show %n earlier message</numerusform>
            <numerusform>Show %n earlier messages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DoneWords</name>
    <message numerus="yes">
        <source>%n ticket(s): status changed</source>
        <translation>
            <numerusform>%n ticket: status changed</numerusform>
            <numerusform>%n tickets: status changed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s): priority changed</source>
        <translation>
            <numerusform>%n ticket: priority changed</numerusform>
            <numerusform>%n tickets: priority changed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s) assigned</source>
        <translation>
            <numerusform>%n ticket assigned</numerusform>
            <numerusform>%n tickets assigned</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s): department changed</source>
        <translation>
            <numerusform>%n ticket: department changed</numerusform>
            <numerusform>%n tickets: department changed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s): due date changed</source>
        <translation>
            <numerusform>%n ticket: due date changed</numerusform>
            <numerusform>%n tickets: due date changed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s) snoozed</source>
        <translation>
            <numerusform>%n ticket snoozed</numerusform>
            <numerusform>%n tickets snoozed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s) escalated</source>
        <translation>
            <numerusform>%n ticket escalated</numerusform>
            <numerusform>%n tickets escalated</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s): escalation ended</source>
        <translation>
            <numerusform>%n ticket: escalation ended</numerusform>
            <numerusform>%n tickets: escalation ended</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s): tags changed</source>
        <translation>
            <numerusform>%n ticket: tags changed</numerusform>
            <numerusform>%n tickets: tags changed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s) moved to spam</source>
        <translation>
            <numerusform>%n ticket moved to spam</numerusform>
            <numerusform>%n tickets moved to spam</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s): not spam</source>
        <translation>
            <numerusform>%n ticket: not spam</numerusform>
            <numerusform>%n tickets: not spam</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Blocked; %n ticket(s) moved to spam</source>
        <translation>
            <numerusform>Blocked; %n ticket moved to spam</numerusform>
            <numerusform>Blocked; %n tickets moved to spam</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s) marked as unread</source>
        <translation>
            <numerusform>%n ticket marked as unread</numerusform>
            <numerusform>%n tickets marked as unread</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EraseDialog</name>
    <message numerus="yes">
        <source>Also %n message(s) of other people that name the address</source>
        <translation>
            <numerusform>Also %n message of other people that names the address</numerusform>
            <numerusform>Also %n messages of other people that name the address</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s)</source>
        <translation>
            <numerusform>%n ticket</numerusform>
            <numerusform>%n tickets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n message</numerusform>
            <numerusform>%n messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) of these have not left yet, and will not</source>
        <translation>
            <numerusform>%n message of these has not left yet, and will not</numerusform>
            <numerusform>%n messages of these have not left yet, and will not</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HeldWords</name>
    <message numerus="yes">
        <source>%n ticket(s)</source>
        <translation>
            <numerusform>%n ticket</numerusform>
            <numerusform>%n tickets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n message</numerusform>
            <numerusform>%n messages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HintCard</name>
    <message numerus="yes">
        <source>A new matter? It came after %n day(s) of silence.</source>
        <translation>
            <numerusform>A new matter? It came after %n day of silence.</numerusform>
            <numerusform>A new matter? It came after %n days of silence.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MessageCard</name>
    <message numerus="yes">
        <source>%n more files</source>
        <translation>
            <numerusform>%n more file</numerusform>
            <numerusform>%n more files</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Notifier</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PicturesBanner</name>
    <message numerus="yes">
        <source>%n picture(s) from the network were not loaded.</source>
        <translation>
            <numerusform>%n picture from the network was not loaded.</numerusform>
            <numerusform>%n pictures from the network were not loaded.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) could not be loaded.</source>
        <translation>
            <numerusform>%n picture could not be loaded.</numerusform>
            <numerusform>%n pictures could not be loaded.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message numerus="yes">
        <source>%n in the outbox</source>
        <translation>
            <numerusform>%n in the outbox</numerusform>
            <numerusform>%n in the outbox</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n open</source>
        <translation>
            <numerusform>%n open</numerusform>
            <numerusform>%n open</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n overdue</source>
        <translation>
            <numerusform>%n overdue</numerusform>
            <numerusform>%n overdue</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TeamPanel</name>
    <message numerus="yes">
        <source>%n parcel(s) of changes</source>
        <translation>
            <numerusform>%n parcel of changes</numerusform>
            <numerusform>%n parcels of changes</numerusform>
        </translation>
    </message>
</context>
</TS>
