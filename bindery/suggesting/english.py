"""What is known of English words: small lists, written for this press, and endings.

The lists hold the commonest words of any prose; no word is here for the sake of one book.
Everything that no list and no ending tells is taken for a noun, as most rare words are.
"""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())


ARTICLES = words("a an the")
DETERMINERS = ARTICLES | words("""
    this that these those its their his her our my your whose every each some any no another
    other such both all many much few fewer several most more less least enough either neither
    certain what which whatever whichever half
    """)
"""After one of these a noun is on its way."""
PRONOUNS = words("""
    i me you he him she it we us they them myself yourself himself herself itself ourselves
    themselves who whom whoever one ones others anyone anybody anything everyone everybody
    everything someone somebody something nobody nothing none yours hers ours theirs
    there here
    """)
PREPOSITIONS = words("""
    of in on at by for with from into onto upon about above across after against along amid
    among amongst around as before behind below beneath beside besides between beyond despite
    down during except inside like near off out outside over past per since than through
    throughout till toward towards under underneath unlike until up via within without versus
    using including excluding regarding concerning according
    """)
CONJUNCTIONS = words("""
    and or but nor so yet if unless because although though while whilst whereas when whenever
    where wherever whether why how lest once
    """)
AUXILIARIES = words("""
    am is are was were be been being has have had having do does did doing done can could may
    might must shall should will would ought cannot don't doesn't didn't isn't aren't wasn't
    weren't won't wouldn't can't couldn't shouldn't hasn't haven't hadn't
    """)
CONTRACTIONS = ("'ll", "'re", "'ve", "'d", "'m", "n't")
APPARATUS = words("""
    appendix article box chapter chart diagram equation exercise fig figure footnote listing map no
    note page paragraph part plate section table volume
    """)
"""What a book calls its own parts; with a capital they are no names."""
NUMBERS = words("""
    two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred
    thousand million billion first second third fourth fifth sixth seventh eighth ninth tenth
    twice dozen hundreds thousands millions
    """)
ADVERBS = words("""
    not never always often sometimes seldom rarely usually again also too very quite rather just
    only even still already almost nearly soon now then ever once perhaps maybe indeed instead
    however therefore thus hence moreover furthermore meanwhile otherwise else away back forth
    forward together apart alone abroad ahead aside elsewhere everywhere somewhere nowhere far
    further farther well better best worse worst much long ago later sooner today tomorrow
    yesterday tonight home especially namely altogether anyway somehow somewhat nevertheless
    nonetheless likewise afterwards afterward beforehand thereby therein thereof thereafter
    whereby wherein whereupon hitherto henceforth please yes etc eg ie cf ibid e.g i.e
    """)
LY_NOT_ADVERBS = words("""
    family assembly supply reply ally monopoly anomaly butterfly fly jelly belly bully folly
    holly lily rally tally italy early daily weekly monthly yearly friendly costly elderly
    orderly ugly holy likely lonely lively lovely deadly worldly scholarly homely melancholy

    """)

VERBS = words("""
    accept accompany achieve acknowledge acquire act adapt add adjust admire admit adopt advance
    advise afford agree allow alter announce appear apply appoint approve argue arise arrange
    arrive ascertain ask assert assist associate assume assure attach attain attempt attend
    attract avoid bear become befall beget begin behave behold believe belong bind bless blow
    boast borrow break breathe bring build burn buy call care carry cast catch cause cease choose
    cite claim cling collect combine come commit compare compel complain complete compose
    comprehend comprise conceal conceive concern conclude confer confess confide confine confirm
    conform confuse connect consent consider consist constitute construct consult contain contend
    continue contract contribute control convert convey convince cook cooperate cope correct
    correspond cost count cover create cross cut deal decide declare decline deem defeat defend
    define delay deliver demand demonstrate deny depart depend deprive derive descend describe
    deserve design desire destroy detect determine develop devise devote die differ diminish
    direct disagree disappear discern discover discuss display dispose dissolve distinguish
    distribute disturb divide draw dream dress drink drive drop dwell earn eat elect embrace
    emerge employ enable enclose encounter encourage end endure enforce engage enhance enjoy
    enlarge enrich ensue ensure enter entertain entitle establish estimate evolve examine exceed
    exclude execute exercise exert exhibit exist expand expect experience explain explore expose
    express extend face facilitate fail fall favour favor fear feed feel fetch fight fill find
    finish fit fix flee flow fly follow forbid force foresee forget forgive form foster found
    fulfil fulfill function furnish gain gather generate get give go govern grant grasp grow
    guard guess guide handle hang happen hasten hate have hear help hesitate hide highlight hit
    hold honour hope hurry hurt identify ignore illustrate imagine imply import impose impress
    improve incline include incorporate increase incur indicate induce infer influence inform
    inhabit inherit initiate insist inspire intend interest interfere interpret introduce invent
    invest invite involve issue join judge jump justify keep kill kiss know labour lack last
    laugh launch lay lead lean leap learn leave lend let leverage lie lift limit link listen
    live look lose love maintain make manage manifest mark marry match matter mean measure meet
    mention merge mind miss mix modify mount move multiply must nourish need neglect negotiate
    note notice nurture obey object oblige observe obtain occasion occupy occur offer omit open
    operate oppose order organise organize originate overcome overlook overtake owe own pass pay
    perceive perform perish permit persist persuade place plan play please point possess pour
    practise praise pray precede predict prefer prepare prescribe present preserve press presume
    pretend prevail prevent proceed proclaim procure produce profess promise promote pronounce
    propose prosper protect prove provide provoke publish pull purchase pursue push put question
    quit quote raise range reach read realise realize rear recall receive reckon recognise
    recognize recommend record recover reduce refer reflect refrain refuse regard regret reign
    reject relate release relieve rely remain remark remember remind remove render renounce
    repair repay repeat replace reply report represent require rescue resemble reside resist
    resolve resort respect respond rest restore restrain result retain retire return reveal
    revise revive rewrite ride ring rise rob roll rule run sail satisfy save say search secure
    see seek seem seize select sell send separate serve set settle shake shape share shed shew
    shine shoot show shrink shut sign signify sing sink sit sleep slip smile solve sound spare
    speak specialise specialize spend spread spring stand stare start state stay steal steer
    step stick stimulate stir stop strengthen stretch strike strive struggle study submit subsist
    succeed suffer suffice suggest suit supply support suppose surprise surround survive suspect
    suspend sustain swear sweep swim take talk tap taste teach tear tell tend terminate testify
    thank think threaten throw tie touch trace trade train transcend transfer transform
    translate transmit travel treat tremble trouble trust try turn underlie understand
    undertake unite urge use utter value vanish vary venture view violate visit vote wait wake
    walk want warn wash waste watch weaken wear weave weigh win wind wish withdraw witness wonder
    work worry worship wrap write yield
    """)
"""Verbs by their plain form."""
IRREGULAR = words("""
    arose arisen ate eaten became began begun beheld bent bore borne born bound bought broke
    broken brought built burnt came caught chose chosen clung dealt dreamt drawn drew drank drunk
    driven drove dwelt fallen fell fed felt fled flew flown forbade forbidden foreseen forgot
    forgotten fought found gave given gone got gotten grew grown heard held hid hidden hung
    kept knew known laid lain led left lent lost lying made meant met overcame overtaken overthrown
    paid proven ran rang risen rose rung said sang sank sat saw seen sent shaken shone shook
    shot shown shrank slain slept slid slunk sold sought spent spoke spoken sprang spun stole
    stolen stood stricken strove struck stuck stung sung sunk swam swept swore sworn swung taken
    taught thought threw thrown told took tore torn trod understood undertaken undertook went
    withdrew withdrawn withstood woke woken won wore worn wound woven written wrote undergone
    underwent understood
    """)
"""Past tenses and participles that no ending tells."""
NOUN_AS_WELL = words("""
    act advance aim answer approach attack attempt attempt balance bargain bear benefit blow
    break burden call care cast catch cause chain challenge change charge check claim command
    comment concern conduct conflict contact contract contrast control cook cost count cover
    cross cure cut damage deal debate decline defeat defeat delay demand design desire display
    dispute dream dress drink drive drop echo end escape estimate exchange exercise exhibit
    experience experiment export express face fall favour favor fear feed fight fire flow focus
    force form function gain grant guard guess guide harvest help hold honour hope host
    hurt import impact increase influence insult insight interest issue judge kiss labour
    lack land laugh launch lead leap leave lift light limit link look love mark market match
    matter measure mention mind mount move need note notice object occasion offer order
    partner pass pay permit place plan plant play point praise present press process produce
    profit progress project promise pull purchase push question quote range rank reach reason
    record regard regret reign release remark repair reply report request rescue research resort
    respect rest result return reward ride ring rise risk roll rule run sail sale sample search
    sense set shape share shield shift ship show sign signal sleep slip smile sound spare spread
    spring stand start state step stick stop store stretch strike struggle study suit supply
    support surprise survey suspect sweep talk task taste tear test tie touch trace trade train
    transfer travel treat trouble trust turn use value venture view visit vote wait wake walk
    want warn waste watch water wind wish witness wonder work worry worship wrap yield function
    finance fuel aid access attempt
    """)
"""Plain forms that are nouns as often as verbs."""

ADJECTIVES = words("""
    abstract alien ancient arctic arid armed bare barren black blue bodily brown catholic civic
    civil common concrete corporate dairy deaf dual dumb elite explicit extinct feudal
    foreign free front golden green grey hollow human humane humid implicit inland inner innate
    inward joint junior lay left linear lunar male female marine medieval molecular mortal mute
    muscular narrative net neuter noble northern nuclear obese offshore online outer outward
    overseas parallel polar popular pregnant private profane public purple pink pagan raw red remote
    roman royal rural sacred secular senior singular solar southern spare square sub-national
    supra-national suburban supersonic tame toxic transparent underground urban vulgar western
    eastern white wooden woollen yellow
    """)
"""Adjectives that say of what kind a thing is, and that no ending tells."""
EMPTY_ADJECTIVES = words("""
    able absolute accurate actual additional adequate afraid aforesaid alike alive alone ample
    angry anxious apparent appropriate apt awake aware bad beautiful beneficial better best big
    bitter blind bold boundless brave brief bright brilliant broad busy calm capable careful
    cautious cheap cheerful chief clean clear clever close cold comfortable comparable
    comparative compelling complete complex comprehensive conceivable concerned confident conscious
    considerable consequent consistent conspicuous constant contrary convenient correct countless
    crucial curious current dangerous dark dear deep definite delicate dense desirable different
    difficult direct distant distinct distinctive diverse double dry due dull eager early easy
    effective efficient elaborate enormous entire equal equivalent essential eternal evident evil
    exact excellent exceptional exclusive expensive extensive extra extraordinary extreme fair
    faithful false familiar famous fast favourable favorable fierce final fine fit
    fixed flat following fond foolish foremost former forthcoming fortunate frequent fresh full
    fundamental further future general genuine gentle giant glad glorious good gradual grand great
    greater greatest happy hard harmful healthy heavy helpful high higher highest honest hopeful
    hostile hot huge ideal identical immediate immense imperfect important impossible inadequate
    incomplete incredible inevitable inferior infinite initial inner innumerable integral intense
    interesting intimate invaluable key kind known large larger largest last late later latest
    latter leading legitimate liable likely limitless little lively long longer loose loud
    low lower lucky main major manifold marked massive maximum meaningful mere mighty mild
    minimum minor mistaken moderate modern modest monumental multiple mutual naked narrow nasty
    near nearby neat necessary new next nice noble normal notable noteworthy numerous
    obscure obvious occasional odd old older oldest only open opposite ordinary original overall
    own pale particular passing past peculiar perfect permanent pivotal plain pleasant poor
    positive possible potent potential powerful practical precious precise preeminent
    present previous primary prime principal probable profitable profound prominent promising
    prompt proper proud pure quick quiet random rapid rare ready real reasonable recent
    regular related relative relevant reliable remarkable remote respective responsible
    rich right rigid robust rough round sacred sad safe same satisfactory scarce selfish
    sensible separate serious severe sharp short shorter sheer significant silent similar simple
    sincere single slight slow small smaller smallest smart smooth so-called soft solemn sole
    solid sophisticated sorry special specific splendid stable state-of-the-art
    steady steep sterling stiff straight strange strict striking strong stronger strongest
    stupid subsequent substantial subtle successful such sudden sufficient suitable sunny super
    superb superior supreme sure surprising sweet swift tall temporary tender terrible thick thin
    thorough tight tiny tired total tough transparent tremendous true trustworthy typical
    ultimate unable uncertain uncommon unhappy uniform unique universal unknown
    unlikely unnecessary unprecedented unusual up-to-date useful useless usual utmost utter vague
    valid valuable varied various vast viable vigorous violent virtual visible vital vivid volatile
    warm weak wealthy weary weird well-known wet whole wicked wide wider wild willing wise
    wonderful worldwide worse worst worth worthwhile worthy wrong young younger
    advanced cutting-edge long-term short-term large-scale
    """)
"""Adjectives that praise, measure or point: they begin no entry."""
