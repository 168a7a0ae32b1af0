"""The pages of the account wizard: address, servers and password, the connection test, what to load."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QCheckBox,
    QDateEdit,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from deskhelp.services.providers import Provider, SignIn, provider_for
from deskhelp.ui import theme
from deskhelp.ui.dialogs.wizard_steps import StepList


class WizardPage(QWidget):
    """A page with a heading; `ready_changed` says whether one may go on."""

    ready_changed = Signal()

    def __init__(self, heading: str, explanation: str, parent: QWidget) -> None:
        super().__init__(parent)
        title = QLabel(heading, self)
        title.setObjectName("heading")
        title.setWordWrap(True)
        why = QLabel(explanation, self)
        why.setObjectName("muted")
        why.setWordWrap(True)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(24, 20, 24, 12)
        self.column.setSpacing(10)
        self.column.addWidget(title)
        self.column.addWidget(why)

    def is_ready(self) -> bool:
        return True

    def form(self) -> QFormLayout:
        layout = QFormLayout()
        layout.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        layout.setVerticalSpacing(8)
        self.column.addLayout(layout)
        return layout


class AddressPage(WizardPage):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(
            self.tr("Which mailbox do you answer?"),
            self.tr(
                "The address that customers write to. DeskHelp reads it and changes nothing on the server: "
                "no mail is marked as read, moved or deleted."
            ),
            parent,
        )
        self.address = QLineEdit(self)
        self.address.setPlaceholderText("support@company.example")
        self.name = QLineEdit(self)
        self.name.setPlaceholderText(self.tr("Support"))
        form = self.form()
        form.addRow(self.tr("Address"), self.address)
        form.addRow(self.tr("Name that customers see"), self.name)
        self.column.addStretch(1)
        self.address.textChanged.connect(lambda _text: self.ready_changed.emit())

    def is_ready(self) -> bool:
        local, at, domain = self.address.text().strip().rpartition("@")
        return bool(at and local and domain)


class ServerPage(WizardPage):
    """Servers as guessed, to be corrected, and the password."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(
            self.tr("How is it reached?"),
            self.tr("Both connections are encrypted and the servers' certificates are checked."),
            parent,
        )
        self._provider = provider_for("")
        self.imap, self.smtp = QLineEdit(self), QLineEdit(self)
        self.user, self.password = QLineEdit(self), QLineEdit(self)
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.hint = QLabel(self)
        self.hint.setObjectName("hint")
        self.hint.setWordWrap(True)
        self.hint.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.hint.setOpenExternalLinks(False)
        self.hint.setTextFormat(Qt.TextFormat.PlainText)
        self.copy_link = QPushButton(self)
        self.copy_link.setText(self.tr("Copy the link to the provider's help"))
        self.copy_link.setObjectName("link")
        self.copy_link.clicked.connect(lambda: QApplication.clipboard().setText(self._provider.help_url))
        self.remember = QCheckBox(self.tr("Keep the password in this computer's keyring"), self)
        self.remember.setChecked(True)
        form = self.form()
        form.addRow(self.tr("User name"), self.user)
        form.addRow(self.tr("Password"), self.password)
        form.addRow("", self.remember)
        form.addRow("", self.hint)
        form.addRow("", self.copy_link)
        form.addRow(self.tr("Incoming mail (IMAP)"), self.imap)
        form.addRow(self.tr("Outgoing mail (SMTP)"), self.smtp)
        form.addRow(self.tr("Own certificate authority"), self._ca_row())
        self.column.addStretch(1)
        for line in (self.imap, self.smtp, self.user, self.password):
            line.textChanged.connect(lambda _text: self.ready_changed.emit())

    def _ca_row(self) -> QWidget:
        row = QWidget(self)
        self.ca_file = QLineEdit(row)
        self.ca_file.setPlaceholderText(self.tr("Only for a company's own certificates (PEM file)"))
        self.ca_file.setAccessibleName(self.tr("Own certificate authority"))
        choose = QPushButton(self.tr("Choose…"), row)
        choose.clicked.connect(self._choose_ca)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.ca_file, 1)
        layout.addWidget(choose)
        return row

    def _choose_ca(self) -> None:
        dialog = QFileDialog(self, self.tr("Certificate authority"))
        dialog.setNameFilters([self.tr("Certificates (*.pem *.crt *.cer)"), self.tr("All files (*)")])
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.ca_file.setText)
        dialog.open()

    def suggest(self, address: str) -> Provider:
        """Fill in what is known or guessed for an address; returns the provider."""
        provider = self._provider = provider_for(address)
        self.imap.setText(provider.imap)
        self.smtp.setText(provider.smtp)
        self.user.setText(address)
        self.hint.setText(self._hint(provider))
        self.hint.setVisible(bool(self.hint.text()))
        self.copy_link.setVisible(bool(provider.help_url))
        return provider

    def _hint(self, provider: Provider) -> str:
        if provider.sign_in is SignIn.APP_PASSWORD:
            text = self.tr("%1 wants an app password here, made in the account's security settings, not the usual one.")
        elif provider.sign_in is SignIn.OAUTH_ONLY:
            text = self.tr(
                "%1 lets mail programs in by OAuth only, which this version cannot do; a password works only "
                "where the administrator still allows it."
            )
        elif not provider.is_known:
            text = self.tr("These server names are a guess for %1; correct them if the test fails.")
        else:
            return ""
        return text.replace("%1", provider.name)

    def is_ready(self) -> bool:
        return all(line.text().strip() for line in (self.imap, self.user, self.password))


class TestPage(WizardPage):
    """The connection test as a checklist that fills while it runs."""

    __test__ = False
    retry_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(self.tr("Trying it"), self.tr("Each step is checked; nothing is changed."), parent)
        self.steps = StepList(self)
        self.again = QPushButton(self.tr("Try again"), self)
        self.again.clicked.connect(self.retry_wanted)
        self.again.hide()
        self.column.addWidget(self.steps, 1)
        self.column.addWidget(self.again, 0, Qt.AlignmentFlag.AlignLeft)
        self._is_ready = False

    def start(self) -> None:
        self.steps.clear()
        self.again.hide()
        self._set_ready(False)

    def finish(self, *, can_read: bool, all_good: bool) -> None:
        """Reading mail is enough to go on; sending can be mended later."""
        self.again.setVisible(not all_good)
        self._set_ready(can_read)

    def _set_ready(self, ready: bool) -> None:
        self._is_ready = ready
        self.ready_changed.emit()

    def is_ready(self) -> bool:
        return self._is_ready


class LoadPage(WizardPage):
    """Folder and date to start from, and the agent's own name and signature."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(
            self.tr("What shall come in?"),
            self.tr("Older mail stays on the server; it can be brought in later as closed history."),
            parent,
        )
        self._choices = QButtonGroup(self)
        for days, text in (
            (14, self.tr("The last 14 days")),
            (90, self.tr("The last 90 days")),
            (0, self.tr("Everything")),
            (-1, self.tr("From this date on:")),
        ):
            button = QRadioButton(text, self)
            button.setChecked(days == 14)
            self._choices.addButton(button, days + 10)
            self.column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.date = QDateEdit(QDate.currentDate().addDays(-30), self)
        self.date.setCalendarPopup(True)
        self.date.setAccessibleName(self.tr("From this date on:"))
        self.date.lineEdit().setAccessibleName(self.tr("From this date on:"))
        self.date.dateChanged.connect(lambda _date: self._choices.button(9).setChecked(True))
        self.column.addWidget(self.date, 0, Qt.AlignmentFlag.AlignLeft)
        self.agent_name, self.signature = QLineEdit(self), QPlainTextEdit(self)
        self.agent_name.setPlaceholderText(self.tr("As colleagues and customers see it"))
        self.signature.setPlaceholderText(self.tr("Kind regards, …"))
        self.signature.setTabChangesFocus(True)
        self.signature.setFixedHeight(self.fontMetrics().height() * 4 + theme.L)
        form = self.form()
        form.addRow(self.tr("Your name"), self.agent_name)
        form.addRow(self.tr("Signature"), self.signature)
        self.column.addStretch(1)
        self.agent_name.textChanged.connect(lambda _text: self.ready_changed.emit())

    def is_ready(self) -> bool:
        return bool(self.agent_name.text().strip())

    def since(self) -> date | None:
        """The first day whose mail comes in; None for everything."""
        days = self._choices.checkedId() - 10
        if days == 0:
            return None
        if days < 0:
            chosen = self.date.date()
            return date(chosen.year(), chosen.month(), chosen.day())
        return (datetime.now().astimezone() - timedelta(days=days)).date()
