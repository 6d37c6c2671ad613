// Texts to start from. The demo model ranks a right text first for each query.

// This text is longer than the 512 tokens that the models read.
const MANUAL = [
  "Fill the tank with fresh water up to the line, and close the lid. Press the round button to turn the coffee machine on, and wait",
  "until the light stays green. Put a cup under the spout. Press the small cup for an espresso, or the large cup for a long coffee.",
  "The machine stops by itself. To make two cups, press the same button twice. To make more foam, open the steam valve slowly and",
  "hold the pipe just under the surface of the milk. Move the jug down as the milk rises. Close the valve before you take the jug",
  "away. Wipe the pipe with a damp cloth at once, because dry milk is hard to remove. You can change how strong the coffee is. Turn",
  "the dial to the left for mild coffee and to the right for strong coffee. Fine powder gives a strong taste, and coarse powder a",
  "light one. Change the grinder only while it runs, by one step at a time, and taste two cups before you change it again. Beans",
  "keep their taste for about three weeks after the bag is open. Store them in a closed jar, away from light and heat, and not in",
  "the fridge. The tray under the cup collects water. Empty it when the red float comes up, and rinse it with warm water. The box",
  "for used powder holds ten portions. The machine counts them, and asks you to empty it. Pull the box out while the machine is on,",
  "or it does not notice and asks again. Once a week, take the brewing group out through the door at the side. Rinse it under the",
  "tap without soap, let it dry, and put it back until it clicks. If it does not go in, turn the machine off and on, and try again.",
  "Every few months, put one drop of cooking grease on the two rails. If the coffee is cold, warm the cup with hot water first. If",
  "it runs too slowly, the powder is too fine or the filter is blocked. If it runs too fast, the powder is too coarse, or there is",
  "too little of it. If the machine is loud, the bean box is empty. If water is on the table, the tray is full or the tank is not",
  "in its place. The yellow light asks you to remove lime from the pipes. Pour a bag of descaler and one liter of water into the",
  "tank, and put a large bowl under the spout. Hold the round button for five seconds. The machine now works for half an hour and",
  "makes pauses. Do not turn it off. Then rinse the tank, fill it with fresh water, and press the round button again. The warranty",
  "is two years from the day on the receipt. It does not cover damage by lime. Send the machine to our workshop in its own box.",
].join(" ");

export const SAMPLES = [
  {
    name: "Help desk",
    query: "Can I come by on Sunday morning?",
    texts: [
      "How do I reset my password?",
      "I forgot my login and cannot get in",
      "When do you open on Sunday?",
      "Opening hours at the weekend",
      "My parcel has not arrived yet",
      "Where is the order I paid for last week?",
      "The soup was cold, but the waiter was kind",
    ],
  },
  {
    name: "Headlines",
    query: "Is there news about medicine?",
    texts: [
      "The striker scored twice in the final",
      "The home team lost the match after extra time",
      "Heavy rain flooded the valley overnight",
      "A storm cut power to thousands of homes",
      "Doctors report a new treatment for asthma",
      "The clinic tests a drug against the flu",
      "The central bank raised interest rates again",
      "Higher rates slow the economy, the bank warns",
    ],
  },
  {
    name: "Other words",
    query: "Someone recovers from an illness",
    texts: [
      "The physician cured the patient",
      "The doctor healed the sick man",
      "The lawyer paid the clerk",
      "A child is playing in the garden",
      "A kid has fun in the yard",
      "He bought a used automobile",
      "She drives an old car",
    ],
  },
  {
    name: "Long text",
    query: "How do I make an espresso?",
    texts: [
      MANUAL,
      "Descale the kettle with vinegar once a month",
      "Our bakery opens at six in the morning",
      "The bus to the airport leaves every half hour",
      "Strong coffee keeps me awake at night",
    ],
  },
];
