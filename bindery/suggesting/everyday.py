"""Common English nouns: too plain to be an entry by themselves, or at the head of one.

Written for this press from what any prose is full of.
"""

from __future__ import annotations

from bindery.suggesting.english import words

EMPTY_NOUNS = words("""
    abundance access account advantage afternoon aim air amount answer array aspect attempt
    back bar basis beginning behalf benefit best bit bottom business care case category cause
    chance change character chief choice circumstance claim class comparison concern condition
    consequence contrary contrast conviction core corner counterpart couple course crowd day deal
    decade degree detail difference difficulty direction doubt dozen ease effect effort element
    end essence evening event evidence example excess exception extent eye face fact fashion
    favour favor feature feeling few figure finding fortune front future gain
    glance goal ground group habit half hand happening head heap heart help hint hold honour hope
    hour hundred idea illustration impact importance importance impression inch instance
    instant intention interest issue item job journey kind lack level lie likelihood limit line
    list look loss lot luck majority manner mass matter means meaning measure member mention
    mere middle mile mind minority minute mistake moment month morning motive name nature
    necessity need neighbour neighbor night none notice notion number object occasion odds offer
    one opinion opportunity outcome pace page pair part particular party passage past
    path people percent person pillar piece place plan play plenty point portion possibility
    presence present prime problem process proof proportion prospect purpose quality quantity
    question range rank rate realm reason reference regard relation respect rest result return
    rise role room root round rule run sake satisfaction scale scene scope sense sentence series
    set shape share shortage side sight sign significance sketch sort spectrum sphere
    spirit spite spot stage standpoint start state statement step story strength stuff style
    subject success suggestion sum summary support sure surprise talk tendency term test
    thing thought thousand time today tomorrow top topic touch toward track trace trait
    trouble truth try turn type understanding use usefulness utility value variety vicinity view
    virtue want way week while whole will wish wonder word work worth year yesterday youth zone
    account aid area field sector foot feet hand eye landscape surrounding surroundings
    endeavour endeavor
    chapter paragraph listing
    day year other something someone
    """)
"""No entry ends in one of these: a kind of what, an example of what?"""

COMMON_NOUNS = EMPTY_NOUNS | words("""
    ability accident act action activity addition address adult advance advice affair age
    agreement aim animal anybody apartment appearance approach argument arm arrangement arrival
    art article assistance association atmosphere attack attention attitude audience author
    authority awareness baby bag balance ball band bank base battle bed behaviour behavior being
    belief bill bird birth block blood board boat body bond book border boss box boy brain
    branch bread breath bridge brother budget building burden camp campaign capability
    capacity capital car card career carriage cat centre center century chain chair chairman
    challenge channel chapter charge check chief child citizen city claim climate clock
    cloth clothes club coach coat coffee colleague collection colour color column combination
    comfort command comment commitment committee community companion company competition
    complaint computer concept conclusion conduct confidence connection consideration contact
    content context contract contribution control conversation cooperation copy cost council
    country county courage court cover creation credit crisis criticism cup current custom
    customer cut damage danger data date daughter deal dear death debate debt decision deed
    definition delight delivery demand department description design desire desk despair
    development device dinner discovery discussion disease display distance distinction
    district division doctor document dog door dream dress drink drive driver duty ear earth
    economy edge education effect egg election emotion employee employer employment encounter
    enemy energy engine enough enterprise entrance entry environment equipment error escape
    establishment estate evil examination exchange excuse exercise existence expansion
    expectation expense experience experiment expert expertise explanation expression extension
    factor factory failure faith fall fame family farm fate father fault fear feeling
    fight film finger fire firm fish floor flow flower fly focus food force foreigner forest
    form formation foundation founder frame framework freedom friend friendship fruit fun
    function fund game garden gentleman gift girl glass glory goal god gold good goods
    government grace grass ground growth guard guest guide gun guy hair hall happiness harm
    harmony hat health heat heaven height hero hill history hole holiday home horse host
    hotel house human husband ice image imagination implication improvement impulse incident
    income increase individual industry influence information initiative injury inquiry inside
    inspiration institution instrument intelligence invention investigation
    investor island joint journal joy judge judgement judgment jump justice key king kitchen
    knowledge lady lake land language laugh law leader leadership learning leg length lesson
    letter library life lifetime light link lip living location lord love machine
    magazine maker man management manager mankind map mark market marriage master match
    material meal meeting memory men merit message metal method midst milk mirror misfortune
    mission mode model money mood mother mountain mouth movement murder music mystery narrative
    nation nature necessity neck network news newspaper noise north nose note novel
    object objection observation observer offence offense office officer official oil
    operation option order organisation organization origin outlook output outside owner
    ownership pain painting paper paragraph parent park partner passion pattern payment peace
    peasant peer pen performance period permission phase phenomenon philosophy phone photo phrase
    picture plant plate player pleasure pocket poem poet policy portrait position possession post
    potential pound power practice practise praise prayer preparation pressure price pride prince
    principle prison prisoner privilege prize procedure produce product production profession
    professor profit programme program progress project promise promotion property proposal
    proposition prosperity protection provision public publication punishment pupil purchase
    pursuit puzzle queen quarrel quarter race rain rationale reach reaction reader reading reality
    recognition record recovery red reduction reflection reform region relationship relief
    remark remedy report reputation request requirement resistance resolution
    resource response responsibility restaurant revolution reward ring risk river road rock
    roof rope routine row safety sale salt sample scheme scholar school science scientist
    screen sea search season seat second secret secretary section security selection self seller
    series servant service session setting shadow shelter shield ship shirt shock shop
    shore shoulder show sick signal silence silver sin sister site situation size skill skin sky
    sleep smile smoke snow society soil soldier solution somebody son song sorrow soul sound
    source south space speaker specialist species speech speed square staff stand standard
    star statesman station status stay stock stone store storm stranger strategy stream street
    stress structure struggle student study substance suffering sugar sun supper supply surface
    survey survival system table task taste teacher teaching team tear technique technology
    temper temperature temple tendency theme theory threat threshold throat ticket tie title tone
    tongue tool total town trade tradition traffic train training travel treatment
    treat tree trial trip trust uncle unit university user valley vehicle venture version
    vessel victim victory village violence vision visit visitor voice volume vote voyage wage
    walk wall war warning waste watch water wealth weapon weather weight west wife
    wind window wine winter wisdom witness woman women wood worker working world
    worry writer writing yard
    summer spring autumn south east north
    advocate agency agent ally analysis background bearing capacity characteristic comprehension
    development element essay globe household objective outset
    participant perspective phase platform position reader section stability
    stake step surrounding task undertaking usage
    """)
"""No entry by themselves, unless an author defines one or puts it in a heading."""
