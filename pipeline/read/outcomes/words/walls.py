"""Words of what stands before a page, by language: beginnings of words (in scripts without blanks,
strings).

`ask`: what was asked for; `refused`; `you`: who is spoken to, and how one is asked to do something;
`cookies`; `switch`: to turn something on, or that it is off; `agree`: to consent; `data`: what for;
`net`: through what one came; `ads`: what keeps them off;
`place`: where one is; `rule`: law and who makes it; `age`; `human`: people and programs; `unshown`:
is not available; `back`: the service stands still and will come back.
"""

from __future__ import annotations

WALLS: dict[str, dict[str, str]] = {
    "en": {
        "ask": (
            "access request url connection visit traffic page site website content resource "
            "activity category browse permission"
        ),
        "refused": (
            "denied reject block refus forbidden restrict prohibit banned suspicious unusual "
            "disallow suspended unsuccessful declin allowed stopped violat sequestrat"
        ),
        "you": "you your please administrator webmaster thank",
        "cookies": "cookie",
        "switch": "enable disable turn off support javascript allow-list browser",
        "agree": "consent agree accept choice choose privacy settings reject withdraw",
        "data": "partner cookie advert personali tracking data purposes subscri device",
        "place": "country region location territory jurisdiction",
        "rule": "law legal court authorit copyright sanction regulat order gdpr licens rights",
        "age": "age 18 21 older adult over",
        "human": (
            "human robot bot bots captcha automated secure security malicious checking "
            "verify verif confirm prove person "
            "script tick puzzle moment second"
        ),
        "unshown": "unavailable available displayed granted",
        "back": (
            "maintenance temporarily shortly soon upgrade overload back hours later patience "
            "offline inconvenience improvement planned scheduled busy updating momentarily"
        ),
        "net": "ip vpn proxy firewall waf",
        "ads": "adblock adblocker ad-blocker blocker ad-block",
    },
    "de": {
        "ask": "zugriff zugang anfrage anforderung seite url verbindung inhalt website angebot",
        "refused": (
            "verweiger abgelehnt blockier gesperrt untersagt verboten eingeschränkt verdächtig "
            "ungewöhnlich"
        ),
        "you": "sie ihre ihr ihnen bitte du dein deine administrator kannst danke vielen",
        "cookies": "cookie",
        "switch": (
            "aktivier deaktivier einschalten ausgeschaltet javascript browser unterstütz zulassen "
            "ausschalten schalten"
        ),
        "agree": "zustimm einwillig einverstanden akzeptier wahl datenschutz widerruf ablehn",
        "data": "partner cookie werbung daten personalisier tracking abo pur-abo gerät speicher",
        "place": "land region standort ländern gebiet",
        "rule": "recht gesetz gericht behörde urheber anordnung lizenz verfügung sanktion",
        "age": "alter 18 volljährig jugendschutz",
        "human": (
            "mensch roboter bot captcha automatisiert bestätig überprüf prüfen sekunden dauern "
            "moment echt seconds"
        ),
        "unshown": "verfügbar verfügung",
        "back": (
            "wartung gewartet zurück vorübergehend kürze gleich bald überlast später "
            "wartungsarbeiten geduld aktualisier überarbeit"
        ),
        "net": "ip vpn proxy firewall ip-adresse",
        "ads": "adblock adblocker werbeblocker",
    },
    "fr": {
        "ask": "accès requête demande page url connexion site contenu consultation",
        "refused": "refus bloqu interdit rejet restreint suspect inhabituel",
        "you": "vous votre vos veuillez merci tu ton administrateur revenez",
        "cookies": "cookie témoins",
        "switch": "activ désactiv javascript navigateur autoris désactivez",
        "agree": "consent accept choix choisir continuer confidentialité retirer refuser accord",
        "data": "partenaire cookie publicit données personnalis traceur abonn appareil",
        "place": "pays région localisation territoire",
        "rule": "loi légal justice tribunal autorité droit décision sanction réglement",
        "age": "âge 18 majeur adulte",
        "human": (
            "humain robot bot captcha automatis vérif confirm sécuris secondes instant "
            "vérification prendre quelques êtes"
        ),
        "unshown": "indisponible disponible visionn accessible",
        "back": (
            "maintenance momentanément temporairement bientôt tard opération patience excus "
            "travaux retour revenez revenons mise jour"
        ),
        "net": "ip vpn proxy pare-feu",
        "ads": "adblock bloqueur",
    },
    "es": {
        "ask": "acceso solicitud página url conexión sitio web contenido petición",
        "refused": "deneg bloque rechaz prohib restring sospech inusual",
        "you": (
            "usted vuelva inténtelo su sus póngase tu tus te administrador haga favor puede puedes "
            "nosotros eres debes gracias"
        ),
        "cookies": "cookie",
        "switch": "habilit activ deshabilit desactiv javascript navegador permit",
        "agree": "consent acept elegir elige opción privacidad configur rechaz retir",
        "data": "socio cookie publicidad datos personaliz rastre suscri dispositivo",
        "place": "país región ubicación territorio",
        "rule": "ley legal judicial tribunal autoridad derechos orden sanci",
        "age": "edad 18 mayor adult",
        "human": (
            "humano persona robot bot captcha automatiz verific confirm segundo comprob momento "
            "verificación"
        ),
        "unshown": "disponible",
        "back": (
            "volvemos enseguida obras mantenimiento temporalmente pronto "
            "breve vuelva servicio disculp inténtelo tarde "
            "paciencia molestias trabajos actualiza volveremos"
        ),
        "net": "ip vpn proxy cortafuegos",
        "ads": "adblock bloqueador",
    },
    "pt": {
        "ask": "acesso pedido solicitação página url ligação conexão site conteúdo",
        "refused": "negad bloque rejeit recus proibid restrit suspeit incomum",
        "you": (
            "você seu sua seus contacte favor administrador vossa favor estamos voltamos obrigado"
        ),
        "cookies": "cookie",
        "switch": "ativ habilit desativ desabilit javascript navegador permit",
        "agree": "consent aceit escolh concord privacidade",
        "data": "parceiro cookie publicidade dados personaliz rastre assin",
        "place": "país região localização território seu",
        "rule": "lei legal judicial tribunal autoridade direitos ordem sanç",
        "age": "idade 18 maior adult",
        "human": (
            "humano robô robot bot captcha automatiz verific confirm segundo momento verificar "
            "segundos demorar alguns"
        ),
        "unshown": "disponível indisponível",
        "back": (
            "manutenção temporariamente breve tarde paciência programada voltamos momentos atualiz "
            "já"
        ),
        "net": "ip vpn proxy firewall",
        "ads": "adblock bloqueador",
    },
    "it": {
        "ask": "accesso richiesta pagina url connessione sito contenuto",
        "refused": (
            "negat bloccat rifiutat vietat limitat respint sospett insolit sequestr sottoposto"
        ),
        "you": (
            "lei suo sua conferma tuo tua ti prega favore vi amministratore l'amministratore "
            "contatta ci grazie"
        ),
        "cookies": "cookie",
        "switch": "abilit attiv disabilit disattiv javascript browser",
        "agree": "consens accett scelt scegli privacy rifiut revoc",
        "data": "partner cookie pubblicit dati personalizz traccia abbon",
        "place": "paese regione posizione territorio",
        "rule": "legge legal tribunale autorità diritti ordine sanzion sequestro giudiziari",
        "age": "età 18 maggiorenne adult",
        "human": (
            "umano robot bot captcha automatizz automatic verific conferm persona sicurezza "
            "secondi momento verificando"
        ),
        "unshown": "disponibil",
        "back": (
            "manutenzione temporaneamente presto breve tardi disagio scusiamo torneremo tornate "
            "lavori aggiornament"
        ),
        "net": "ip vpn proxy firewall",
        "ads": "adblock",
    },
    "nl": {
        "ask": "toegang verzoek pagina url verbinding site inhoud bezoek",
        "refused": "geweigerd geblokkeerd verboden afgewezen beperkt verdacht ongebruikelijk",
        "you": "u uw je jouw beheerder neem contact probeer",
        "cookies": "cookie",
        "switch": "inschakel uitgeschakel schakel javascript browser",
        "agree": "toestemming akkoord accept keuze privacy",
        "data": "partner cookie adverten gegevens personalis volg abonn",
        "place": "land regio locatie gebied",
        "rule": "wet recht rechter autoriteit auteurs sanctie",
        "age": "leeftijd 18 volwassen",
        "human": "mens robot bot captcha geautomatiseerd bevestig controle seconden ogenblik",
        "unshown": "beschikbaar",
        "back": "onderhoud tijdelijk binnenkort zo later geduld ongemak bereikbaar wegens nog",
        "net": "ip vpn proxy firewall ip-adres",
        "ads": "adblock adblocker",
    },
    "pl": {
        "ask": "dostęp żądanie zapytanie stron url połączeni treś witryn serwis stronie portal",
        "refused": "odmow zablok odrzuc zabron ogranicz podejrzan nietypow",
        "you": (
            "twoj twój ciebie prosim proszę państw skontaktuj pan administrator masz twoim twojej "
            "twoje możesz jesteś wykryliśmy dziękujemy przepraszamy wyrażasz"
        ),
        "cookies": "cookie ciasteczk",
        "switch": "włącz wyłącz javascript przeglądar obsług",
        "agree": "zgod zgadz akcept wybór wybierz prywatnoś wycof odmów przejdź",
        "data": "partner cookie reklam dane danych personaliz prenumer urządzen",
        "place": "kraj region lokalizac terytor",
        "rule": "prawo prawa praw sąd organ decyzj sankcj licenc",
        "age": "wiek 18 pełnoletn lat",
        "human": "człowiek robot bot captcha automat potwierd weryfik sprawdz sekund chwil potrwa",
        "unshown": "niedostępn dostępn",
        "back": (
            "konserwac prace techniczn przerwa chwilowo tymczasowo wkrótce ponownie później "
            "spróbow utrudni serwisow przepraszamy aktualizac wracamy"
        ),
        "net": "ip vpn proxy zapor",
        "ads": "adblock blokowani adblocka",
    },
    "cs": {
        "ask": (
            "přístup prístup požadavek požiadavka stránk url připojen pripojen obsah web žádost "
            "webu"
        ),
        "refused": (
            "odepřen zablok odmietnut zamítnut odmítnut blok zakáz omezen obmedzen podezřel "
            "podozriv neobvykl zamietnut zablokovan"
        ),
        "you": "vy vás váš vaše vaš vám prosím kontaktujte správc jste vaší vaši omlouváme",
        "cookies": "cookie",
        "switch": "povol zapn vypnut zakázan javascript prohlížeč prehliadač",
        "agree": "souhlas súhlas přijm prijm volb voľb soukrom súkrom",
        "data": "partner cookie reklam údaj dat osobn predplat předplat",
        "place": "zem krajin region poloh oblast zemi země",
        "rule": "zákon práv soud súd úřad úrad rozhodnut sankc",
        "age": "věk vek 18 dospěl dospel let rokov",
        "human": (
            "člověk človek robot bot captcha automat potvr ověř over ověřuj sekund okamžik vteřin "
            "jste trvat několik"
        ),
        "unshown": "nedostupn dostupn dostupný",
        "back": "údržb dočasně dočasne brzy čoskoro provoz mimo omlouváme probíhá",
        "ads": "adblock",
    },
    "hu": {
        "ask": "hozzáfér kérés kérelem oldal url kapcsolat tartalom",
        "refused": "megtagad letilt elutasít blokkol tilt korlátoz gyanús szokatlan letiltott",
        "you": "ön önnek kérjük az-ön kérem rendszergazd nézzen látogasson",
        "cookies": "cookie süti sütik",
        "switch": "engedélyez kapcsolj letiltott javascript böngésző",
        "agree": "hozzájárul elfogad beleegyez választ adatvédel",
        "data": "partner süti hirdet adat személyre előfizet",
        "place": "ország régió terület helyen",
        "rule": "törvény jog bíróság hatóság szankci",
        "age": "életkor 18 éves felnőtt",
        "human": (
            "ember robot bot captcha automat igazol erősít ellenőr másodperc pillanat néhány "
            "tarthat"
        ),
        "unshown": "elérhető",
        "back": "karbantart átmenetileg hamarosan üzemszünet később vissza átmeneti",
    },
    "ro": {
        "ask": "acces cerere solicitare pagin url conexiun conținut site site-ul",
        "refused": "refuz blocat interzis respins restricțion suspect neobișnuit",
        "you": "dumneavoastră dvs vă rugăm tău ta administrator sunteți mulțumim",
        "cookies": "cookie",
        "switch": "activ dezactiv javascript browser permit",
        "agree": "consim accept acord aleg opțiun confidențial",
        "data": "partener cookie publicit date personaliz abon",
        "place": "țar țara regiun locați",
        "rule": "lege legal instanț autorit drept decizi sancțiun",
        "age": "vârst 18 adult ani",
        "human": "om uman robot bot captcha automat verific confirm secund moment dura câteva",
        "unshown": "disponibil indisponibil",
        "back": "mentenanț întreținere temporar curând lucrări mentenanță răbdare reveni",
    },
    "bg": {
        "ask": "достъп заявка страница url връзка съдържание сайт",
        "refused": "отказан блокиран забранен отхвърлен ограничен подозрител необичай спрян",
        "you": "вие ви ваш вашия вашата моля свържете администратор сте посетете благодар",
        "cookies": "cookie бисквитк",
        "switch": "активирайте включете изключен javascript браузър разрешете",
        "agree": "съглас приемам приемете приема избор поверител",
        "data": "партньор бисквитк реклам данни персонализ абон",
        "place": "държав регион местополож територия",
        "rule": "закон съд орган права решение санкци комиси",
        "age": "възраст 18 пълнолет години",
        "human": (
            "човек робот бот captcha автомат потвърд провер проверява секунд момент отнеме няколко"
        ),
        "unshown": "недостъп достъпн",
        "back": "поддръжка временно скоро обновява профилактика късно по-късно",
    },
    "sr": {
        "ask": (
            "приступ захтев страниц url веза садржај сајт pristup zahtjev zahtev stranic vez "
            "sadržaj sajt"
        ),
        "refused": (
            "одбијен блокиран забрањен ограничен сумњив odbijen blokiran zabranjen ograničen "
            "sumnjiv"
        ),
        "you": (
            "ви вас ваш ваша молимо контактирајте vi vas vaš vaša molimo kontaktirajte "
            "administrator сте ste вратите vratite"
        ),
        "cookies": "cookie колачић kolačić",
        "switch": (
            "омогућите укључите искључен javascript прегледач omogućite uključite isključen "
            "pregledač preglednik"
        ),
        "agree": (
            "сагласн прихват избор приватност saglasn suglasn prihvat privol izbor odabir "
            "privatnost"
        ),
        "data": (
            "партнер колачић реклам оглас подат partner kolačić reklam oglas podat pretplat "
            "претплат"
        ),
        "place": "држав земљ регион локациј držav zemlj regij region lokacij",
        "rule": "закон суд орган право одлук zakon sud organ prav odluk sankcij",
        "age": "годин 18 пунолет узраст godin punoljet punolet uzrast dob",
        "human": (
            "човек робот бот captcha čovjek čovek robot bot потврд провер potvrd provjer prover "
            "проверавам секунд тренутак provjeravam proveravam sekund trenutak потрајати неколико "
            "потраје potrajati nekoliko"
        ),
        "unshown": "недоступ доступ nedostup dostup",
        "back": (
            "одржавањ привремен ускоро održavanj privremen uskoro радови касније вратите одржавања "
            "radovi kasnije vratite"
        ),
    },
    "el": {
        "ask": "πρόσβαση αίτημα σελίδα url σύνδεση περιεχόμενο ιστότοπος αιτήμ ιστότοπ",
        "refused": (
            "απορρίφθηκε αρνήθηκε αποκλείστ μπλοκ απαγορ περιορι ύποπτ ασυνήθιστ απορρ μπλοκαρ "
            "επιτρέπεται αποκλει"
        ),
        "you": "σας εσείς παρακαλ επικοινωνήστε διαχειριστή είστε ευχαριστούμε",
        "cookies": "cookie",
        "switch": "ενεργοποι απενεργοποι javascript πρόγραμμα-περιήγησης",
        "agree": "συγκατάθεσ συναίνεσ αποδ συμφων επιλογ απορρήτου",
        "data": "συνεργάτες συνεργάτ cookie διαφημί δεδομένα συνδρομ",
        "place": "χώρα περιοχή τοποθεσία",
        "rule": "νόμ δικαστ αρχή δικαι απόφασ κυρώσ αρχής αρμόδι",
        "age": "ηλικία 18 ενήλικ ετών",
        "human": (
            "άνθρωπος ρομπότ bot captcha αυτόματ επιβεβαι επαληθεύ δευτερόλεπτ στιγμή διαρκέσει "
            "μερικά"
        ),
        "unshown": "διαθέσιμ",
        "back": "συντήρηση προσωριν σύντομα εργασίες συντήρησης υπομονή πάλι",
    },
    "sv": {
        "ask": (
            "åtkomst begäran sidan sida url anslutning innehåll webbplats tilgang adgang "
            "forespørsel anmodning siden indhold förfråg webbplatsen"
        ),
        "refused": (
            "nekad blockera avvisa förbjud begräns misstänkt ovanlig nektet avvist blokker nægtet "
            "afvist forbudt mistænk stoppat stoppad"
        ),
        "you": "du din ditt ni er vänligen kontakta deg dig venligst vennligst dit vi tack",
        "cookies": "cookie kakor informasjonskapsler informationskapsler",
        "switch": "aktiver slå inaktivera javascript webbläsare nettleser browser slået avslått",
        "agree": (
            "samtyck samtykk godkänn acceptera val godta accepter valg integritet "
            "personvern privatliv"
        ),
        "data": (
            "partner cookie annons uppgifter annonse oplysninger data reklame abonn prenumer "
            "information lagrar lagrer enhet"
        ),
        "place": "land region plats område sted",
        "rule": "lag lagar domstol myndighet rättighet lov rett sanktion",
        "age": "ålder 18 vuxen alder år",
        "human": (
            "människa robot bot captcha menneske bekräft verifier bekreft bekræft kontroller "
            "sekund ögonblick några"
        ),
        "unshown": "tillgänglig tilgjengelig tilgængelig",
        "back": (
            "underhåll tillfälligt snart vedlikehold midlertidig vedligeholdelse tillbaka nere "
            "uppdaterar stängt"
        ),
        "ads": "adblock annonsblockerare annonsblokker",
    },
    "fi": {
        "ask": "pääsy pyyntö sivu url yhteys sisältö käyttö sivusto",
        "refused": "estetty kielletty hylätty rajoitettu epäilyttävä poikkeuksell evätty",
        "you": "sinun sinulla teidän olet ota ole yhteyttä ylläpit hyvä yritä kiitos",
        "cookies": "cookie eväste eväst",
        "switch": "salli käyttöön poissa javascript selain",
        "agree": "suostumu hyväksy valinta valitse tietosuoja",
        "data": "kumppani eväste mainon tiet tila",
        "place": "maa alue sijain",
        "rule": "laki laillis tuomioistuin viranomai oikeu",
        "age": "ikä 18 täysi vuotias",
        "human": "ihminen robotti botti captcha vahvista varmist sekunn hetkinen kestää muutaman",
        "unshown": "saatavilla käytös",
        "back": (
            "huolto tilapäis pian väliaikais pois huollon uudelleen myöhemmin päivitäm pahoittelem"
        ),
    },
    "lt": {
        "ask": (
            "prieiga užklausa puslap url svetain turin piekļuve pieprasījum lapa ligipääs "
            "päring leht"
        ),
        "refused": (
            "atmest užblok uždraus aprib įtartin liegt bloķēt noraid ierobež keelatud blokeeri "
            "lükati piira"
        ),
        "you": "jūs jūsų prašome kreipkitės lūdzu jums teie palun",
        "cookies": "cookie slapuk sīkdat sīkfail küpsis",
        "switch": "įjunkite išjungt javascript naršykl ieslēdz pārlūk lülit brauser luba",
        "agree": "sutik sutink pasirink piekrīt piekriš izvēl nõus nõust vali privatum privātum",
        "data": "partner slapuk reklam duomen sīkdat datu andme küpsis",
        "place": "šal region viet valst riig piirkon",
        "rule": "įstatym teis teism likum ties seadus kohus",
        "age": "amži 18 vecum vanus metų",
        "human": "žmogus robot cilvēk inimene bot captcha patvirtin apstiprin kinnita",
        "unshown": "nepasiek pieejam saadaval",
        "back": "priežiūr laikinai netrukus apkop hoold ajutiselt",
    },
}
