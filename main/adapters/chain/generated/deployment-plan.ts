// Made by build/scripts/contracts/bindings.ts from contracts/script/plan.json. Do not edit.
export const deploymentPlan = {
  "version": 1,
  "about": "Steps in order; limitSteps and the manifest's schema hash are put in by build/scripts/contracts/bindings.ts. $Name is the address of a contract deployed before; $lower is a parameter or an account the deployer knows: $admin, $guardian, $treasury, $curator. A hook is the deployer's own work. Every call is sent by $admin.",
  "parameters": {
    "sandbox": {
      "handover": 0,
      "timelock": 3600,
      "minimumStake": "1000000000000000000000",
      "withdrawalDelay": 14400,
      "challengeWindow": 3600,
      "slack": 3600,
      "epochLength": 60,
      "maxEpochAge": 60,
      "seasoning": 0,
      "maxRise": 2000,
      "readingMaxAge": 1440,
      "requiredKinds": 7,
      "allowList": false,
      "manifestSchema": "0xb383f51f68e6b722224269b3c6305d9dd665dd106d480ea8e184c79f5d4e5cb1",
      "slashBps": 10000,
      "rewardBps": 1000,
      "bond": "100000000000000000000",
      "voting": 1200,
      "appealTime": 1200,
      "decision": 1200,
      "execution": 1200,
      "vesting": 604800,
      "dealLimitBps": 10000,
      "delinquentMarkBps": 5000,
      "performanceFeeBps": 1500,
      "tokenizationYearBps": 100,
      "tokenizationMinBps": 25,
      "protocolYearBps": 25
    },
    "production": {
      "handover": 172800,
      "timelock": 172800,
      "minimumStake": "10000000000000000000000",
      "withdrawalDelay": 1209600,
      "challengeWindow": 259200,
      "slack": 691200,
      "epochLength": 86400,
      "maxEpochAge": 1,
      "seasoning": 259200,
      "maxRise": 1000,
      "readingMaxAge": 7,
      "requiredKinds": 7,
      "allowList": false,
      "manifestSchema": "0xb383f51f68e6b722224269b3c6305d9dd665dd106d480ea8e184c79f5d4e5cb1",
      "slashBps": 5000,
      "rewardBps": 1000,
      "bond": "1000000000000000000000",
      "voting": 172800,
      "appealTime": 86400,
      "decision": 345600,
      "execution": 86400,
      "vesting": 604800,
      "dealLimitBps": 2000,
      "delinquentMarkBps": 5000,
      "performanceFeeBps": 1500,
      "tokenizationYearBps": 100,
      "tokenizationMinBps": 25,
      "protocolYearBps": 25
    }
  },
  "roles": {
    "GUARDIAN": 1,
    "GOVERNOR": 2,
    "DESK": 3,
    "ISSUER": 4,
    "SLASHER": 5,
    "COURT": 6,
    "MINTER": 7,
    "CURATOR": 8
  },
  "steps": [
    {
      "deploy": "ProtocolAccess",
      "args": [
        "$admin",
        "$handover"
      ]
    },
    {
      "deploy": "GaibToken",
      "args": [
        "$treasury"
      ]
    },
    {
      "deploy": "AID",
      "args": [
        "$ProtocolAccess"
      ]
    },
    {
      "deploy": "ValidatorSet",
      "args": [
        "$ProtocolAccess",
        "$GaibToken",
        "$minimumStake",
        "$withdrawalDelay",
        "$challengeWindow",
        "$slack"
      ]
    },
    {
      "deploy": "CategoryRegistry",
      "args": [
        "$ProtocolAccess"
      ]
    },
    {
      "hook": "stakeValidators",
      "why": "Epoch 0 begins when AttestationRegistry is deployed and counts the stake that is there at that second: give each operator GAIB, approve ValidatorSet, call stake(amount, signer)."
    },
    {
      "deploy": "AttestationRegistry",
      "args": [
        "$ProtocolAccess",
        "$ValidatorSet",
        "$CategoryRegistry",
        "$epochLength",
        "$maxEpochAge",
        "$challengeWindow"
      ]
    },
    {
      "deploy": "AssetRegistry",
      "args": [
        "$ProtocolAccess",
        "$AttestationRegistry",
        "$CategoryRegistry",
        "$allowList"
      ]
    },
    {
      "deploy": "CapacityIssuer",
      "args": [
        "$ProtocolAccess",
        "$AssetRegistry",
        "$AttestationRegistry"
      ]
    },
    {
      "deploy": "PerformanceOracle",
      "args": [
        "$ProtocolAccess",
        "$AttestationRegistry",
        "$maxRise",
        "$readingMaxAge"
      ]
    },
    {
      "deploy": "DealVault",
      "args": []
    },
    {
      "deploy": "DealDesk",
      "args": [
        "$ProtocolAccess",
        "$AssetRegistry",
        "$AttestationRegistry",
        "$PerformanceOracle",
        "$DealVault",
        "$seasoning"
      ]
    },
    {
      "deploy": "AssetPool",
      "args": [
        "$ProtocolAccess",
        "$AID",
        "$DealDesk",
        {
          "name": "GAIB Compute Pool",
          "symbol": "gCOMP",
          "vesting": "$vesting",
          "dealLimitBps": "$dealLimitBps",
          "delinquentMarkBps": "$delinquentMarkBps",
          "performanceFeeBps": "$performanceFeeBps",
          "feeRecipient": "$treasury"
        }
      ]
    },
    {
      "role": "GUARDIAN",
      "to": "$guardian"
    },
    {
      "role": "GOVERNOR",
      "to": "$admin"
    },
    {
      "role": "CURATOR",
      "to": "$curator"
    },
    {
      "role": "MINTER",
      "to": "$admin"
    },
    {
      "role": "DESK",
      "to": "$DealDesk"
    },
    {
      "role": "ISSUER",
      "to": "$CapacityIssuer"
    },
    {
      "allow": "ValidatorSet",
      "methods": [
        "slash",
        "hold"
      ],
      "role": "SLASHER"
    },
    {
      "allow": "ValidatorSet",
      "methods": [
        "reinstate"
      ],
      "role": "GOVERNOR"
    },
    {
      "allow": "CategoryRegistry",
      "methods": [
        "setCategory",
        "setLimit",
        "setLimits"
      ],
      "role": "GOVERNOR"
    },
    {
      "allow": "AttestationRegistry",
      "methods": [
        "markDispute",
        "annul"
      ],
      "role": "COURT"
    },
    {
      "allow": "AssetRegistry",
      "methods": [
        "setAllowed",
        "setConsecutiveAllowed",
        "setBaseUri",
        "forcedTransfer",
        "setFrozenTokens"
      ],
      "role": "GOVERNOR"
    },
    {
      "allow": "AssetRegistry",
      "methods": [
        "setListed",
        "enforce"
      ],
      "role": "DESK"
    },
    {
      "allow": "AssetRegistry",
      "methods": [
        "setCapacityLock"
      ],
      "role": "ISSUER"
    },
    {
      "allow": "AssetRegistry",
      "methods": [
        "setDisputed",
        "annul"
      ],
      "role": "COURT"
    },
    {
      "allow": "CapacityIssuer",
      "methods": [
        "pause"
      ],
      "role": "GUARDIAN"
    },
    {
      "allow": "CapacityIssuer",
      "methods": [
        "unpause"
      ],
      "role": "GOVERNOR"
    },
    {
      "allow": "CapacityIssuer",
      "methods": [
        "switchAllowList",
        "setAllowed",
        "setFrozenTokens",
        "forcedTransfer"
      ],
      "role": "GOVERNOR"
    },
    {
      "allow": "PerformanceOracle",
      "methods": [
        "setDisputed"
      ],
      "role": "GUARDIAN"
    },
    {
      "allow": "DealDesk",
      "methods": [
        "pause"
      ],
      "role": "GUARDIAN"
    },
    {
      "allow": "DealDesk",
      "methods": [
        "unpause",
        "setFees"
      ],
      "role": "GOVERNOR"
    },
    {
      "allow": "AssetPool",
      "methods": [
        "pause"
      ],
      "role": "GUARDIAN"
    },
    {
      "allow": "AssetPool",
      "methods": [
        "unpause",
        "switchAllowList",
        "setAllowed",
        "setFrozenTokens",
        "forcedTransfer"
      ],
      "role": "GOVERNOR"
    },
    {
      "allow": "AssetPool",
      "methods": [
        "fund",
        "closeDeal"
      ],
      "role": "CURATOR"
    },
    {
      "allow": "AID",
      "methods": [
        "mint"
      ],
      "role": "MINTER"
    },
    {
      "call": "DealDesk",
      "method": "setFees",
      "args": [
        {
          "tokenizationYearBps": "$tokenizationYearBps",
          "tokenizationMinBps": "$tokenizationMinBps",
          "protocolYearBps": "$protocolYearBps",
          "recipient": "$treasury"
        }
      ]
    },
    {
      "call": "CategoryRegistry",
      "method": "setCategory",
      "args": [
        1,
        {
          "name": "compute.host",
          "unit": "host-hour",
          "requiredKinds": "$requiredKinds",
          "manifestSchema": "$manifestSchema"
        }
      ]
    },
    {
      "call": "CategoryRegistry",
      "method": "setCategory",
      "args": [
        2,
        {
          "name": "compute.gpu",
          "unit": "GPU-hour",
          "requiredKinds": "$requiredKinds",
          "manifestSchema": "$manifestSchema"
        }
      ]
    },
    {
      "call": "CategoryRegistry",
      "method": "setCategory",
      "args": [
        3,
        {
          "name": "robot",
          "unit": "h",
          "requiredKinds": "$requiredKinds",
          "manifestSchema": "$manifestSchema"
        }
      ]
    },
    {
      "call": "CategoryRegistry",
      "method": "setCategory",
      "args": [
        4,
        {
          "name": "power",
          "unit": "kWh",
          "requiredKinds": "$requiredKinds",
          "manifestSchema": "$manifestSchema"
        }
      ]
    },
    {
      "call": "CapacityIssuer",
      "method": "createClass",
      "args": [
        "host-hour"
      ]
    }
  ],
  "aboutCourt": "Steps after the others: slashing and disputes. Apart, so that a deployer takes them up when it knows the two contracts.",
  "courtSteps": [
    {
      "deploy": "FaultProver",
      "args": [
        "$ValidatorSet",
        "$AttestationRegistry",
        "$AssetRegistry",
        "$CategoryRegistry",
        "$slashBps",
        "$rewardBps"
      ]
    },
    {
      "deploy": "DisputeCourt",
      "args": [
        "$ProtocolAccess",
        "$GaibToken",
        "$ValidatorSet",
        "$AttestationRegistry",
        "$AssetRegistry",
        {
          "bond": "$bond",
          "voting": "$voting",
          "appealTime": "$appealTime",
          "decision": "$decision",
          "execution": "$execution",
          "slashBps": "$slashBps",
          "rewardBps": "$rewardBps",
          "treasury": "$treasury"
        }
      ]
    },
    {
      "role": "SLASHER",
      "to": "$FaultProver"
    },
    {
      "role": "SLASHER",
      "to": "$DisputeCourt"
    },
    {
      "role": "COURT",
      "to": "$FaultProver"
    },
    {
      "role": "COURT",
      "to": "$DisputeCourt"
    },
    {
      "allow": "DisputeCourt",
      "methods": [
        "decide"
      ],
      "role": "GOVERNOR"
    }
  ],
  "aboutLock": "Last of all, once everything stands: from here on what governance and the admin do waits, and the guardian can cancel it.",
  "lockSteps": [
    {
      "call": "ProtocolAccess",
      "method": "setRoleGuardian",
      "args": [
        2,
        1
      ]
    },
    {
      "call": "ProtocolAccess",
      "method": "setGrantDelay",
      "args": [
        1,
        "$timelock"
      ]
    },
    {
      "call": "ProtocolAccess",
      "method": "setGrantDelay",
      "args": [
        2,
        "$timelock"
      ]
    },
    {
      "call": "ProtocolAccess",
      "method": "setGrantDelay",
      "args": [
        3,
        "$timelock"
      ]
    },
    {
      "call": "ProtocolAccess",
      "method": "setGrantDelay",
      "args": [
        4,
        "$timelock"
      ]
    },
    {
      "call": "ProtocolAccess",
      "method": "setGrantDelay",
      "args": [
        5,
        "$timelock"
      ]
    },
    {
      "call": "ProtocolAccess",
      "method": "setGrantDelay",
      "args": [
        6,
        "$timelock"
      ]
    },
    {
      "call": "ProtocolAccess",
      "method": "setGrantDelay",
      "args": [
        7,
        "$timelock"
      ]
    },
    {
      "call": "ProtocolAccess",
      "method": "setGrantDelay",
      "args": [
        8,
        "$timelock"
      ]
    },
    {
      "call": "ProtocolAccess",
      "method": "setTargetAdminDelay",
      "args": [
        "$CategoryRegistry",
        "$timelock"
      ]
    },
    {
      "call": "ProtocolAccess",
      "method": "setTargetAdminDelay",
      "args": [
        "$ValidatorSet",
        "$timelock"
      ]
    },
    {
      "call": "ProtocolAccess",
      "method": "setTargetAdminDelay",
      "args": [
        "$AttestationRegistry",
        "$timelock"
      ]
    },
    {
      "call": "ProtocolAccess",
      "method": "setTargetAdminDelay",
      "args": [
        "$AssetRegistry",
        "$timelock"
      ]
    },
    {
      "call": "ProtocolAccess",
      "method": "setTargetAdminDelay",
      "args": [
        "$CapacityIssuer",
        "$timelock"
      ]
    },
    {
      "call": "ProtocolAccess",
      "method": "setTargetAdminDelay",
      "args": [
        "$PerformanceOracle",
        "$timelock"
      ]
    },
    {
      "call": "ProtocolAccess",
      "method": "setTargetAdminDelay",
      "args": [
        "$DealDesk",
        "$timelock"
      ]
    },
    {
      "call": "ProtocolAccess",
      "method": "setTargetAdminDelay",
      "args": [
        "$AssetPool",
        "$timelock"
      ]
    },
    {
      "call": "ProtocolAccess",
      "method": "setTargetAdminDelay",
      "args": [
        "$AID",
        "$timelock"
      ]
    },
    {
      "call": "ProtocolAccess",
      "method": "setTargetAdminDelay",
      "args": [
        "$DisputeCourt",
        "$timelock"
      ]
    },
    {
      "call": "ProtocolAccess",
      "method": "grantRole",
      "args": [
        2,
        "$admin",
        "$timelock"
      ]
    },
    {
      "call": "ProtocolAccess",
      "method": "grantRole",
      "args": [
        0,
        "$admin",
        "$timelock"
      ]
    }
  ],
  "aboutOptional": "Parts that a network takes or leaves. Addresses of other protocols are the deployer's parameters; on OP Stack chains $eas is 0x4200000000000000000000000000000000000021.",
  "optionalSteps": {
    "eas": [
      {
        "deploy": "EasPublisher",
        "args": [
          "$AttestationRegistry",
          "$eas"
        ]
      }
    ],
    "symbiotic": [
      {
        "deploy": "SymbioticStake",
        "args": [
          "$ProtocolAccess",
          "$symbioticCollateral",
          {
            "networkRegistry": "$symbioticNetworkRegistry",
            "middlewareService": "$symbioticMiddlewareService",
            "vaultFactory": "$symbioticVaultFactory",
            "operatorRegistry": "$symbioticOperatorRegistry",
            "operatorNetworkOptIn": "$symbioticOperatorNetworkOptIn"
          },
          {
            "minimumStake": "$minimumStake",
            "withdrawalDelay": "$withdrawalDelay",
            "challengeWindow": "$challengeWindow",
            "slack": "$slack",
            "sink": "$treasury"
          }
        ]
      },
      {
        "allow": "SymbioticStake",
        "methods": [
          "slash",
          "hold"
        ],
        "role": "SLASHER"
      },
      {
        "allow": "SymbioticStake",
        "methods": [
          "addVault",
          "removeVault",
          "setLimit",
          "setResolver",
          "reinstate"
        ],
        "role": "GOVERNOR"
      }
    ],
    "eigenLayer": [
      {
        "deploy": "EigenStake",
        "args": [
          "$ProtocolAccess",
          "$eigenAllocationManager",
          "$eigenDelegationManager",
          "$eigenStrategy",
          {
            "minimumStake": "$minimumStake",
            "maxCaptureAge": "$epochLength",
            "challengeWindow": "$challengeWindow",
            "slack": "$slack",
            "sink": "$treasury"
          }
        ]
      },
      {
        "allow": "EigenStake",
        "methods": [
          "slash",
          "hold"
        ],
        "role": "SLASHER"
      },
      {
        "allow": "EigenStake",
        "methods": [
          "open",
          "reinstate"
        ],
        "role": "GOVERNOR"
      }
    ]
  },
  "aboutLimits": "Plausible peaks: subject is keccak256 of \"memory bandwidth of VENDOR MODEL\" (bytes a second), \"fp16 of …\" or \"int8 of …\" (dense operations a second), value the published peak and a tenth.",
  "limitSteps": [
    {
      "call": "CategoryRegistry",
      "method": "setLimits",
      "args": [
        1,
        [
          "0x5afd33eedfd81e2b060c773889e2e9aaf034d678c241efc336ea9e2b1038abf3",
          "0x47e24881e1c89a23385db5b128e076f200b6107402e0b85858868c77077f0dc7",
          "0x828abfc1004884e50edf494182318ac2fd3ca3f0915a2fc7b1a314f42a012f71",
          "0xee35dfc433d48c1d2e44d43ce17f5f1eff040eeffe27aedd9deb31441f79971c",
          "0x8a08e7855e0eb0e03dcf0f625d261a0648501228ea5d249486821bb87ca7f26e",
          "0xa522ed69739ac665805ee3898ee0b039030921054fa8150cdd204df33f6ea5b2",
          "0xd6e66cf8ae77718966baebf1acd8631dccea4c1cec1dd2fec27446288a2b4d73",
          "0xe0c2708ac688b5fa3b0c7fb91d5bbde428055f148e10f15d0cf5a2eecb6bd674",
          "0xc9279cae5178218357b8e9f393052f88789ba37da4fa7aa245e56a6d44e5ad65",
          "0xa5eb84b7e0d05a09f3b1f51592926298f20fbfffdc0c996d37ffa961653c90a3",
          "0xa10864853b1c56613ed55d0aba0d37a28f6a1ddace442e8ece5ab70ade004a16",
          "0x7aec2a9c73de46097e6695bb6e28031af6b3624cbb2185add55b94ad5ecc569c",
          "0xf329132acc2ead2e38fa5340f421737853557f69efe8eb1c18c95f680cfeb505",
          "0x04b3b4c2cc00afd0b5e3e5d63eb95f3d52bca26be8143de10f7567b1fd4f34e7",
          "0xd2adfd345f6ef0609be54972a44f8694a3414d427a98f5111391a5633eeeba9f",
          "0x5cef7e558a043c3174bf6ed0feaa6f4f8209c7c72842b946c33e181411bd4593",
          "0x59dc08cd814bcdc01c3a17169be5d0b30c86af48bfb69aed907601c2400dd87c",
          "0x02fe93fe4f5bcca9daffba98639b8d3c268add1fa15f7d429cc09f1b907e51d7",
          "0x6d824361b13ae5595c811c771700294a76a78daa24553ab9d9f6afe31f78bada",
          "0xf3cfc1eb7c6254e6f3f12b80938ff44f3c5ef3f786607886d8fe9e187797cfca",
          "0x9411eb89c4108b40a6e721db3454d56ba5f06da046049658cd3c0e373b2aa91b",
          "0x431bb42a7b0da6423b81d1e2df695daadeaf0a5a2993e37ffe693d8d4982e6c5",
          "0x801138cc8d32e6b4fe1bfe7edb8d7a44f66d5e9903883cd821360eabd0a26ad0",
          "0x5722f96ec737ce458f1cba312490715c1d2a5baa022a59384151fab77ca31cab",
          "0x69a197b99f64286e16f75a0968b0ea7f587df342137d05d5f8df126f1d532f65",
          "0xaa61ad35affd1c96cfc83772b5cfe41e5d3d4049122f2a0946a72a1aaa91b997",
          "0x88c9af4717ccf8ea25c507247faafcf19ffc9128c9111fdff2867ff8ecab21ed",
          "0xb7b1f8099387b2a63f2583608a7cdf76c06bb88c9a79023a3f11a094971b6d14",
          "0x4404d6bdec0d547ebb6c116c5c60fdbbfa9f0830f89cfbef8a7b3f841c57836a",
          "0x0825ebf862ea11c5cd11e58339b429e58d6c7d35e3780f6884ba2edad3ffe456",
          "0x766e451643f237ff171c73747ba935d25412b039c5b4763fe9b590fc4f517de9",
          "0x666590d1f26c8793ac5b070f682b1607c961a57042c7ede3d301b29931423022",
          "0x66f0451d0d2701ff11392f214db81327713bcdf3155a265cc6734758c5b9edda",
          "0x6b39ace38a6caa9097ba2313bbdace4fbe57076ca698c23d77ab67e0ef5a3ac9",
          "0xaafae8cc888f2d4358639946b4a9f42ca40af09dfb8862781d1958249e3acdef",
          "0xa99560916be01da8e80c55869fbb72a4c3cae00c18a916ecfe7c55129dff475c",
          "0xfcae807050e409aaf206e40842381b449a04a6e4eb71f9ba28007b0e34dc8563",
          "0x3101e89a750d43daf928b1c2c28d827868df4617135af6cafe02a06ebdba2a67",
          "0xf6d8692c1fb72c28bc1e16096e7bd43d05860a859221dfa5cab1ce158192eed4",
          "0xfb6eee5583ac68c789124bc2f9fdc6edd67551eece463f569648055f0b9f780f",
          "0x7df0dad49f6694a3cb5fcfe11bcae953174862e54599c04f6cab145039549056",
          "0x73b38eee4ee94077236e3ea2592c1b632af6510491db541d7c33cc60bf1f5652",
          "0xbd9aabcef4bd8bc2df6bd583552313a29ae20844de8fd672c1115b26633da593",
          "0x36ef2c7fd08e42861174421d2d22e85d7e01298ef8c4bdeafadeb2b3a9588aa9",
          "0x350347cc9b222302a4096d62a6dc06dcaf849c33546936ec475d7d8835fecb69",
          "0x2d1036e423208c1ee59d2e660a5be9b18b81d82c53a90daab46137e9cd4016f6",
          "0x71480ccee11e0de517b32c5de5a83692272ecbed74dd3b0c6ed42adaf0f2efc8",
          "0xd749053a11e3c9cd1166113d650b15e37a25ef94c5b76726db9385d38996647a",
          "0x7a6a0ba3d30771e525b1a47d83489ebd3e12961e2dec1a589519bb6d64129bfa",
          "0x9a9aec198356ecb8252120a90a338ef2f41064786351a3b1f0e2b1860d7c3eb6",
          "0x7bfdf055fc29aaf7e09b85026ee11d27df634c46026d1dfb1751e404a9431f5c",
          "0xb41da7b06618faffd1a4ff73a1bdeddfc1d6fe631cf1ea94eb0e63950173b66f",
          "0xd32278182c82506d58c52ba1303b73d56b5c9d09044c1508d3675c5d350146b0",
          "0x26c5aee8a61d0908ce85c6959a28a1aade3feda0c1334564af2e504bfce058b5",
          "0xffb603c48fcf1c699dc1b10e2e945988387f599cfdf69d482e2c2ae4d50aca61",
          "0x7f0d1a9cbdb560a2dcd0972f735d0a5473ed1f84e420b388c13b09a42bb1a6a9",
          "0xbe33d2be8985e8e486aea5382ac7799d25181806f7aaf7b90c5c5d3379c70642",
          "0x3632d50540948d01ad0c258c70c333be402168d7690a4c2c2ddf221f709639f4",
          "0xb16022bd87b9e869acfe115f42c278480f130be15d1835fd12a3857c44ee213c",
          "0x8146d630f06cefd0d20e28e3d57f8dc39a2f614127c60a735008a8cf293b461a",
          "0xb6e33017e46090958fecbd283f35d792e36a3baf54ef2351fa8f4a155a58261c",
          "0x5ddc10e2e1fba410194c609b9e7bf1c44b950ef52af7a8ecb94ba6b2762e8a34",
          "0x23007ccc14a65984dab991c28474483504f4963319746b21039ff098783dd712",
          "0xdc7332bc78c295b1550134e79dc553448b24109d86ec7af38f597ce2e715463c",
          "0x276a7ec445704d9163a372ffa0f92b8e24417b1279cb4f7b0e400653ac4fc44c",
          "0x3a373063a4718c3ec32cce9494274bad4713a577b45ee46590b7756fffa8ac5a",
          "0x40ecce75a53cc9f077b87340d81729df4d49768ecc6f6a7c00d09f56bef9efa8",
          "0xd8877c4bf06fd9953585da140691a8d1535fa4fff9f88f7824ec192020cc49a2",
          "0xf986be9b9f9c3708f643905eb3d1c8673a160a3f4401cfa14d0e8345076cd361",
          "0x9b7ba5581a2f1fed0ee2be4a55a32b2232fad3d3f31b8dd9484e01d64295438f",
          "0x32e3e77887bfb7175d04abe8ae539f20d2d7287835f79c835b92bcfc7acc58b2",
          "0x74090ae578d3c37eeb4295e2331fb75cb2956a94aacf1b2d91a408196397dc3f",
          "0xcd36f89cec0992ddeb3956a45039d4a552d6172b56a6a510ca8d772760122e30",
          "0xa2fe974f3a2d26e33c27469071f522b87a43ae874f41197ce8c62860ad3f2d3c",
          "0xda936c24cc7a9eabae42a402992495535fff678bb1a530425ab02f7fd73ff00f",
          "0xdeedf62b364330d9dc96f3a3a18a68be7223df583f8cea24b1317054c963acb2",
          "0xccff101c92ee24be7e3022835d6fa0879bfb897365b7975f2974044d91f5ef27",
          "0xbbea7bf3e357a83995b9e77de64aed2061da9f3111b03e6cab0a782ee34f8df3",
          "0xf4e8c28da00cb857a23b91837f66579bdee9661834b7571e74784a60758fc049",
          "0xef37c4eca64ce3ea1835f21e1be97c1d5b34115ace7bcacc94ce57892e603bd2",
          "0xe63540790297e6d23c2fa1dbcd0e54198df4f7b6df6812c048d0c11b2173a32d",
          "0x6dc3a13772926df6f3c7f9c39e45556ad34a94077b870f250e023e9997ef4235",
          "0x32a962c7d953149a48ae9df8f4faf82f62d68d162a5263f15cb53ebb20cbf577",
          "0xe4450f846cac40fe79a4b3262132bb1da43fd88bdee84c52ba5850ef4555fe33",
          "0x22ebea75cc449f4d0cb200b4df5f6cfc394e1a36c9a9ab0b7e2ff0920e68ad18",
          "0x17ead6f897fb8ef1d0c9ecf76c6152dd54565f1ce4422652768ac63170244bc1",
          "0x85b57c1d0b57403fa1628018f60020d2e067a5ae82e0e15e8210059eb599427d",
          "0x8aac492708771a72c4034875b0f817a0683f38daa50064a29c5bee9fc9422814",
          "0xc92cad5863b4ba79800c606e4938a7cd8faefb20e15a89415665c1f62d739bcc",
          "0x58204113815345661fb779ce0c5021b2a05cb1e89061908b341f7d30c2f2c9cc",
          "0x0aa07a39f54b2c892646f92df97faec2ee53510cb02c71df2fdccac037bebe9f",
          "0x700f946c1dbb2d921b361356ee94a035f3d1a9cf182c94023f82538979707f7e",
          "0x14b5c410a53c21845e20f2064cb732f3046ed67afbdafd8dd0306c6c20874804",
          "0x01a909daadc1d69b4a5577ed3e267d9524a41e6b8d2284af0ba3269db8446c63",
          "0x5bc89081de31183b5a3fa4d8c953645e43e29922ce0753f8b1203a44c7785cab",
          "0x3ecb5cd13101458a2e6d8055473a851d7273342cbfd3ce566e701c08cf34f040",
          "0xf4f79956d8c6fecd49427101dc0f62d90c403c6d1d2ddc4c353ec26c032b7835",
          "0x48046d1cb54226d29f5c956f0d7407c09a4799336d85bf844f7da97d345f01a0",
          "0x6d7415d17c6b3b86c14ef4211577005c54c65ed942d5965c0ff3127d35f26806",
          "0xa2f44f2e1ade8835329b00795b1243a6a25bfa7280cae69306cbb3ed7a3694b6",
          "0xbc4b9eee93aec83fe3075865c769551e6af879955b10b81802c5e6410d84f29d",
          "0x69d3bce2bd9da38b9b7fb1f4f0732b023870f7a3855e67b6d2b8a43a8856de79",
          "0x9c1621c3cbd2469215d04ae8cc81130f895ab05a1a72b29b0aad38dd57f2685d",
          "0xf956fe077f07bc64fc2fccbd625f5b4f36a39879f8d9518604cc4048c5f6750f",
          "0xdebad08370e44e97b665fab2e883811dc052237541870d63b0b3e697764d6df3",
          "0x5f50d3feee4161b4abec5b3b0e0273fe4104796f858128e40e4cfe8e72b7f347",
          "0xf43b2a67f3049e93777e64375623625efaa06658a8ac5e5d3da387266ac5a6da",
          "0x9dc630b03f746b09c8faa7f348e878b3da1b87c01ed6f4f032fc0b2822918c81",
          "0x84b2101889c99dd7c040804c6bc0d4d3fbb83845d2951bb71e9cdbc5ada477cf",
          "0x6957fd5556d3539e407d42e876b076882513b37d1180d4a4933c69b2140da723",
          "0x8e84210a431466b24b8ffd11e6444a2a014d6be58355c404e879a22a35681505",
          "0xe90fd8db0c1e84c5b18e9417cd7e090e940827e7ef6cb7b3d8c93d4aebb92d2e",
          "0x44225ff462a395decfea9b2456b1e2b4d851723e70462e9ad0d1b34938e8e600",
          "0xc6e3148c3c27d902d253b4b99a7e9f9c52c0c911b1107c8899a024868056e376",
          "0x77a27d5399267bde12233576921cb7d44734450af9ec752b9327d3da34e6b2e3",
          "0x86cfb7826aabb305922931b47e81ab2849a7c545fa6ce975dbc52b5f4a6a72b1",
          "0x2be5f6dda7a66e9ce0fae900febab2969b89864cbc956792c04231182cedc5cb",
          "0xff261c76849d5713467181d3a28cf71b5f85bab6d540f7b789253229a32cf79e",
          "0xf515d3b338e13ade588f2f5446f8387d42885407c397149741b2ee34547e591f",
          "0x65875f3e72a4a9c206d49e43d507da0a3ea69a07cdef87649651002367adf5ce",
          "0xe9d5cdf2d72aa3a0e6af0a901aed03ca9b9901d38b5ffc74263ab6e050a36548",
          "0x22fd0e3de7aa1b39d375ed36ade292e6099c16b2a0abdc1c8790eaaea6730268",
          "0xf60427bc4dc6af4af4c6dded9912009e9412c3c1784c4e4373a539d96a39b3bc",
          "0x87ccb784d357acc95df7cf6955121c607288d8201399c4c0af42a05f426a1282",
          "0xc5a67ae042edc289829207f2f3b30952e2cafb0e2f7b79d41b345fc1c444b781",
          "0xbd5b836341cbc2fa8c07bbea315e1b0447d66181cbea19ae08aaa7e4750cf8f9",
          "0x634e53ebc8caf9fc8a3e0a4554df998419638e47731ec814c28a2e85298428bb",
          "0x0cf2451ba50430a9d403b261feef90b7898b56b2299dd3cd552f9e38d677cf0e",
          "0x4fc97e6b7fa9c4285c23bacfa705d3638bbf7d24c4d99b62442e27bde46e3558",
          "0xf93e79b566194fc4c1a8293999f71ddb83893a05ad559674e19826c1a2512458",
          "0xb18874a6c3d233e327184f4110e8dd85f102e535e54c3173abeff255a8c99bc9",
          "0x035b234a9b35f07a5c161fcb06b8d1045bedd41651530d3c85ec5570050be3ba",
          "0x51bf2f2fa1418ee2ae75721964bd2af5fc465660b1d1e4b2744951e714e9ba85",
          "0x70d2d776ce34d2c069534499352e8ae2af5fa7b29134b636ed93252af351c9ae",
          "0x9f62f192b0fd18321845c313d01fdea0482fc0f2bcabe1c959066aa0780446ce",
          "0x5305d82e01e8d13b9bd98b87d4659dbf981ddfd7732ca8932d215c14e304ef7c",
          "0xcc046dd02979121cdd010f5275a05d77b262ab4fb5a417c55e4aceeed348fbd4",
          "0x0629cf5216cf5aeb8b436ac3358a1a0a327bda776a48b8075c396440353f0792",
          "0x07d639cfe6d827559103efb59ae5e61f032913fb4ad1f645ce2d9f32bb97dbfc",
          "0x9862146006f7d223c9e50d64d6df553f9ae07f6d3d8649ab2dcfc8785bd898e3",
          "0x1b09b84922293f4bb9ec8407ceb53bb3bde4965fd3c5058f8827370dbdae0376",
          "0x5fcd927cc03e99a56271d609895a7aa2bd5882ce2764e85a92861d450ab1087b",
          "0x3ae3b7195366564a6fd96a3008fccf61eb61845bdef2eb59113b2fa9c1088adb",
          "0xc030242e476da17eba7543f58ab369aa606617038fb2338d4ee1a879f054fc82",
          "0xb0aabfd2cbe491c3d2a68be0d840a9e27429b1d66ecbf08ed98b0fd97cfbb95e",
          "0xb20eb6b3ad0ecc9e3ea9a2ee78b60bb1fc3f370a9561e98fb5b31405fea5bf69",
          "0xdff31b5cca01aa6be8649abfc3b0496a114365d431c76914f255255c23d7c139",
          "0xbc9140c5df584a3bd05dadb803611c49fb685de2b43759e7028e59fbdcf78e54",
          "0x5a1c923d371bd8104293cc27e1b092e4169fef6b654851652ed694fd06577349",
          "0x90e53cf824d963d6477a13e899377ac844d75649612cc9bbf0b0e336e1549847",
          "0xe7367298b70f21eef35c6e9f53423eb94d5ab1b1674c893ced323f271f62a1aa",
          "0x78887690fd2d4b3eb7611c32c44058f8c1798c8f52156d178a29cad8dba6590b",
          "0x82ed11763622c8969f57a62a7beb5de9355e6c08c62027b0511ff495dc1f7f30",
          "0x1df1f6334f1a78a60cde12c34a7e47f987c91cce922c8158ac8d660915cf406f",
          "0x29ab8065cfdc993272cea4076f81ebe8dd94c82b168c5388f12ce2c33cb66df0",
          "0xe73e3eb21ba0126340c6bd13c856142bce25847eb2c23b08a97a38142b45cad9",
          "0xd739fe8e055c0fe466de02a8ba16d8f672b3dba019c05c346a285949e57bb928",
          "0x17332f00439ba2bed41358981e1930aad92ce19f6204f0a993dd5ac678940685",
          "0xba3145c677a49c58609ba3cb30424bb52dd4711aed5b3bddd92179f9a63429a4",
          "0xa2ac35a8970606773a5d6fbccb8d710f38ce3046aa19f702c4da03cf3962e6b6",
          "0x2fd1c728b7abbaab61ad2c190f3b65db4e8de6e72c22d2b8669759a692fbd976",
          "0x70e01859d80b2791aadf7d3e4e90c2b0e2367063231770b81bdb342da3ce527f",
          "0x373d32489c1b7134976d8dd3e3d4fd999ce9b1a33c59fb0f5f9451776a711cd5",
          "0x73800a3953efd5c89caa21492f0e593f4e4a284d73577909c967d10291e66a3e",
          "0xbbbe5d4b39786ad74ea70ab8287a2216bf74bda3ecf7a1e276cd26f4c5049f4a",
          "0xbd8006f9f7f6d3ff556e9181615436317b401566fa15ebfd74b33c4f7186f348",
          "0x7ff3aa806d35c3b3ea99c2bdb6b3b0bb051b8ba44a724c7174e9d68fc21e554d",
          "0x1bfade468cadda58dc7a20604895b6b62a357c85f753b91cc329ab19f8b728e4",
          "0xb680dcbed1b667f63956d1a905817a274016ac901df8f1df1ba7d579dbb74e4d",
          "0xe81c4b18f1bbaf0ddd3893b8c13d589502221df553c154e5fbdbe1d83b72ba7f",
          "0xb80fc92ed8c0e97cc932a8ae00e0590d30a24a3e3ad96685fa2cc8a9334b81cf",
          "0xaa2ed600a70de95219c3ad1fd0ac181a465ae3edceb68cc90f90705686ca6aeb",
          "0xdf6d5d0d26e473f5b626cc5f66b9d5a72cc8965748737c0709f13ed3b48992d5"
        ],
        [
          "805420000000",
          "20570000000000",
          "805420000000",
          "23320000000000",
          "990000000000",
          "123200000000000",
          "990000000000",
          "123200000000000",
          "990000000000",
          "137500000000000",
          "990000000000",
          "137500000000000",
          "352000000000",
          "71500000000000",
          "143000000000000",
          "660220000000",
          "137500000000000",
          "275000000000000",
          "220000000000",
          "19690000000000",
          "39490000000000",
          "1026410000000",
          "181500000000000",
          "363000000000000",
          "765380000000",
          "164670000000000",
          "329230000000000",
          "1710500000000",
          "343200000000000",
          "686400000000000",
          "1710500000000",
          "343200000000000",
          "686400000000000",
          "2128500000000",
          "343200000000000",
          "686400000000000",
          "2242900000000",
          "343200000000000",
          "686400000000000",
          "2128500000000",
          "343200000000000",
          "686400000000000",
          "2242900000000",
          "343200000000000",
          "686400000000000",
          "2242900000000",
          "831600000000000",
          "1664300000000000",
          "3687200000000",
          "1088340000000000",
          "2176790000000000",
          "4331800000000",
          "919050000000000",
          "1838100000000000",
          "3687200000000",
          "1088340000000000",
          "2176790000000000",
          "2242900000000",
          "831600000000000",
          "1664300000000000",
          "4400000000000",
          "162800000000000",
          "325600000000000",
          "5280000000000",
          "1088340000000000",
          "2176790000000000",
          "5280000000000",
          "919050000000000",
          "1838100000000000",
          "4400000000000",
          "1088340000000000",
          "2176790000000000",
          "5390000000000",
          "1088340000000000",
          "2176790000000000",
          "8800000000000",
          "1925000000000000",
          "3850000000000001",
          "8439200000000",
          "2475000000000000",
          "4950000000000000",
          "8800000000000",
          "2750000000000000",
          "5500000000000000",
          "8800000000000",
          "2475000000000000",
          "8800000000000",
          "2750000000000000",
          "330000000000",
          "133100000000000",
          "266750000000000",
          "950400000000",
          "199100000000000",
          "398200000000000",
          "950400000000",
          "398200000000000",
          "806300000000000",
          "1056000000000",
          "400620000000000",
          "801350000000000",
          "1971200000000",
          "554180000000000",
          "1108360000000000",
          "1756700000000",
          "844800000000",
          "170280000000000",
          "340670000000000",
          "844800000000",
          "122210000000000",
          "244420000000000",
          "836330000000",
          "65450000000000",
          "261910000000000",
          "1029820000000",
          "78320000000000",
          "313170000000000",
          "788480000000",
          "107250000000000",
          "428890000000000",
          "1108800000000",
          "181720000000000",
          "726660000000000",
          "1056000000000",
          "123860000000000",
          "495220000000000",
          "1971200000000",
          "230450000000000",
          "921800000000000",
          "225280000000",
          "46750000000000",
          "93500000000000",
          "1126400000000",
          "29480000000000",
          "58960000000000",
          "1351680000000",
          "203060000000000",
          "203060000000000",
          "1802240000000",
          "199100000000000",
          "199100000000000",
          "3604480000000",
          "421300000000000",
          "421300000000000",
          "5830000000000",
          "1438140000000000",
          "2876390000000000",
          "6600000000000",
          "1438140000000000",
          "2876390000000000",
          "8800000000000",
          "2537590000000000",
          "5075070000000000",
          "8800000000000",
          "2768260000000000",
          "5536520000000000",
          "950400000000",
          "134860000000000",
          "134860000000000",
          "1056000000000",
          "135080000000000",
          "135080000000000",
          "3604480000000",
          "922900000000000",
          "1845800000000000",
          "563200000000",
          "275000000000000",
          "616000000000",
          "288200000000000",
          "501600000000",
          "256300000000000",
          "2706000000000",
          "4070000000000",
          "504900000000000"
        ]
      ]
    },
    {
      "call": "CategoryRegistry",
      "method": "setLimits",
      "args": [
        2,
        [
          "0x5afd33eedfd81e2b060c773889e2e9aaf034d678c241efc336ea9e2b1038abf3",
          "0x47e24881e1c89a23385db5b128e076f200b6107402e0b85858868c77077f0dc7",
          "0x828abfc1004884e50edf494182318ac2fd3ca3f0915a2fc7b1a314f42a012f71",
          "0xee35dfc433d48c1d2e44d43ce17f5f1eff040eeffe27aedd9deb31441f79971c",
          "0x8a08e7855e0eb0e03dcf0f625d261a0648501228ea5d249486821bb87ca7f26e",
          "0xa522ed69739ac665805ee3898ee0b039030921054fa8150cdd204df33f6ea5b2",
          "0xd6e66cf8ae77718966baebf1acd8631dccea4c1cec1dd2fec27446288a2b4d73",
          "0xe0c2708ac688b5fa3b0c7fb91d5bbde428055f148e10f15d0cf5a2eecb6bd674",
          "0xc9279cae5178218357b8e9f393052f88789ba37da4fa7aa245e56a6d44e5ad65",
          "0xa5eb84b7e0d05a09f3b1f51592926298f20fbfffdc0c996d37ffa961653c90a3",
          "0xa10864853b1c56613ed55d0aba0d37a28f6a1ddace442e8ece5ab70ade004a16",
          "0x7aec2a9c73de46097e6695bb6e28031af6b3624cbb2185add55b94ad5ecc569c",
          "0xf329132acc2ead2e38fa5340f421737853557f69efe8eb1c18c95f680cfeb505",
          "0x04b3b4c2cc00afd0b5e3e5d63eb95f3d52bca26be8143de10f7567b1fd4f34e7",
          "0xd2adfd345f6ef0609be54972a44f8694a3414d427a98f5111391a5633eeeba9f",
          "0x5cef7e558a043c3174bf6ed0feaa6f4f8209c7c72842b946c33e181411bd4593",
          "0x59dc08cd814bcdc01c3a17169be5d0b30c86af48bfb69aed907601c2400dd87c",
          "0x02fe93fe4f5bcca9daffba98639b8d3c268add1fa15f7d429cc09f1b907e51d7",
          "0x6d824361b13ae5595c811c771700294a76a78daa24553ab9d9f6afe31f78bada",
          "0xf3cfc1eb7c6254e6f3f12b80938ff44f3c5ef3f786607886d8fe9e187797cfca",
          "0x9411eb89c4108b40a6e721db3454d56ba5f06da046049658cd3c0e373b2aa91b",
          "0x431bb42a7b0da6423b81d1e2df695daadeaf0a5a2993e37ffe693d8d4982e6c5",
          "0x801138cc8d32e6b4fe1bfe7edb8d7a44f66d5e9903883cd821360eabd0a26ad0",
          "0x5722f96ec737ce458f1cba312490715c1d2a5baa022a59384151fab77ca31cab",
          "0x69a197b99f64286e16f75a0968b0ea7f587df342137d05d5f8df126f1d532f65",
          "0xaa61ad35affd1c96cfc83772b5cfe41e5d3d4049122f2a0946a72a1aaa91b997",
          "0x88c9af4717ccf8ea25c507247faafcf19ffc9128c9111fdff2867ff8ecab21ed",
          "0xb7b1f8099387b2a63f2583608a7cdf76c06bb88c9a79023a3f11a094971b6d14",
          "0x4404d6bdec0d547ebb6c116c5c60fdbbfa9f0830f89cfbef8a7b3f841c57836a",
          "0x0825ebf862ea11c5cd11e58339b429e58d6c7d35e3780f6884ba2edad3ffe456",
          "0x766e451643f237ff171c73747ba935d25412b039c5b4763fe9b590fc4f517de9",
          "0x666590d1f26c8793ac5b070f682b1607c961a57042c7ede3d301b29931423022",
          "0x66f0451d0d2701ff11392f214db81327713bcdf3155a265cc6734758c5b9edda",
          "0x6b39ace38a6caa9097ba2313bbdace4fbe57076ca698c23d77ab67e0ef5a3ac9",
          "0xaafae8cc888f2d4358639946b4a9f42ca40af09dfb8862781d1958249e3acdef",
          "0xa99560916be01da8e80c55869fbb72a4c3cae00c18a916ecfe7c55129dff475c",
          "0xfcae807050e409aaf206e40842381b449a04a6e4eb71f9ba28007b0e34dc8563",
          "0x3101e89a750d43daf928b1c2c28d827868df4617135af6cafe02a06ebdba2a67",
          "0xf6d8692c1fb72c28bc1e16096e7bd43d05860a859221dfa5cab1ce158192eed4",
          "0xfb6eee5583ac68c789124bc2f9fdc6edd67551eece463f569648055f0b9f780f",
          "0x7df0dad49f6694a3cb5fcfe11bcae953174862e54599c04f6cab145039549056",
          "0x73b38eee4ee94077236e3ea2592c1b632af6510491db541d7c33cc60bf1f5652",
          "0xbd9aabcef4bd8bc2df6bd583552313a29ae20844de8fd672c1115b26633da593",
          "0x36ef2c7fd08e42861174421d2d22e85d7e01298ef8c4bdeafadeb2b3a9588aa9",
          "0x350347cc9b222302a4096d62a6dc06dcaf849c33546936ec475d7d8835fecb69",
          "0x2d1036e423208c1ee59d2e660a5be9b18b81d82c53a90daab46137e9cd4016f6",
          "0x71480ccee11e0de517b32c5de5a83692272ecbed74dd3b0c6ed42adaf0f2efc8",
          "0xd749053a11e3c9cd1166113d650b15e37a25ef94c5b76726db9385d38996647a",
          "0x7a6a0ba3d30771e525b1a47d83489ebd3e12961e2dec1a589519bb6d64129bfa",
          "0x9a9aec198356ecb8252120a90a338ef2f41064786351a3b1f0e2b1860d7c3eb6",
          "0x7bfdf055fc29aaf7e09b85026ee11d27df634c46026d1dfb1751e404a9431f5c",
          "0xb41da7b06618faffd1a4ff73a1bdeddfc1d6fe631cf1ea94eb0e63950173b66f",
          "0xd32278182c82506d58c52ba1303b73d56b5c9d09044c1508d3675c5d350146b0",
          "0x26c5aee8a61d0908ce85c6959a28a1aade3feda0c1334564af2e504bfce058b5",
          "0xffb603c48fcf1c699dc1b10e2e945988387f599cfdf69d482e2c2ae4d50aca61",
          "0x7f0d1a9cbdb560a2dcd0972f735d0a5473ed1f84e420b388c13b09a42bb1a6a9",
          "0xbe33d2be8985e8e486aea5382ac7799d25181806f7aaf7b90c5c5d3379c70642",
          "0x3632d50540948d01ad0c258c70c333be402168d7690a4c2c2ddf221f709639f4",
          "0xb16022bd87b9e869acfe115f42c278480f130be15d1835fd12a3857c44ee213c",
          "0x8146d630f06cefd0d20e28e3d57f8dc39a2f614127c60a735008a8cf293b461a",
          "0xb6e33017e46090958fecbd283f35d792e36a3baf54ef2351fa8f4a155a58261c",
          "0x5ddc10e2e1fba410194c609b9e7bf1c44b950ef52af7a8ecb94ba6b2762e8a34",
          "0x23007ccc14a65984dab991c28474483504f4963319746b21039ff098783dd712",
          "0xdc7332bc78c295b1550134e79dc553448b24109d86ec7af38f597ce2e715463c",
          "0x276a7ec445704d9163a372ffa0f92b8e24417b1279cb4f7b0e400653ac4fc44c",
          "0x3a373063a4718c3ec32cce9494274bad4713a577b45ee46590b7756fffa8ac5a",
          "0x40ecce75a53cc9f077b87340d81729df4d49768ecc6f6a7c00d09f56bef9efa8",
          "0xd8877c4bf06fd9953585da140691a8d1535fa4fff9f88f7824ec192020cc49a2",
          "0xf986be9b9f9c3708f643905eb3d1c8673a160a3f4401cfa14d0e8345076cd361",
          "0x9b7ba5581a2f1fed0ee2be4a55a32b2232fad3d3f31b8dd9484e01d64295438f",
          "0x32e3e77887bfb7175d04abe8ae539f20d2d7287835f79c835b92bcfc7acc58b2",
          "0x74090ae578d3c37eeb4295e2331fb75cb2956a94aacf1b2d91a408196397dc3f",
          "0xcd36f89cec0992ddeb3956a45039d4a552d6172b56a6a510ca8d772760122e30",
          "0xa2fe974f3a2d26e33c27469071f522b87a43ae874f41197ce8c62860ad3f2d3c",
          "0xda936c24cc7a9eabae42a402992495535fff678bb1a530425ab02f7fd73ff00f",
          "0xdeedf62b364330d9dc96f3a3a18a68be7223df583f8cea24b1317054c963acb2",
          "0xccff101c92ee24be7e3022835d6fa0879bfb897365b7975f2974044d91f5ef27",
          "0xbbea7bf3e357a83995b9e77de64aed2061da9f3111b03e6cab0a782ee34f8df3",
          "0xf4e8c28da00cb857a23b91837f66579bdee9661834b7571e74784a60758fc049",
          "0xef37c4eca64ce3ea1835f21e1be97c1d5b34115ace7bcacc94ce57892e603bd2",
          "0xe63540790297e6d23c2fa1dbcd0e54198df4f7b6df6812c048d0c11b2173a32d",
          "0x6dc3a13772926df6f3c7f9c39e45556ad34a94077b870f250e023e9997ef4235",
          "0x32a962c7d953149a48ae9df8f4faf82f62d68d162a5263f15cb53ebb20cbf577",
          "0xe4450f846cac40fe79a4b3262132bb1da43fd88bdee84c52ba5850ef4555fe33",
          "0x22ebea75cc449f4d0cb200b4df5f6cfc394e1a36c9a9ab0b7e2ff0920e68ad18",
          "0x17ead6f897fb8ef1d0c9ecf76c6152dd54565f1ce4422652768ac63170244bc1",
          "0x85b57c1d0b57403fa1628018f60020d2e067a5ae82e0e15e8210059eb599427d",
          "0x8aac492708771a72c4034875b0f817a0683f38daa50064a29c5bee9fc9422814",
          "0xc92cad5863b4ba79800c606e4938a7cd8faefb20e15a89415665c1f62d739bcc",
          "0x58204113815345661fb779ce0c5021b2a05cb1e89061908b341f7d30c2f2c9cc",
          "0x0aa07a39f54b2c892646f92df97faec2ee53510cb02c71df2fdccac037bebe9f",
          "0x700f946c1dbb2d921b361356ee94a035f3d1a9cf182c94023f82538979707f7e",
          "0x14b5c410a53c21845e20f2064cb732f3046ed67afbdafd8dd0306c6c20874804",
          "0x01a909daadc1d69b4a5577ed3e267d9524a41e6b8d2284af0ba3269db8446c63",
          "0x5bc89081de31183b5a3fa4d8c953645e43e29922ce0753f8b1203a44c7785cab",
          "0x3ecb5cd13101458a2e6d8055473a851d7273342cbfd3ce566e701c08cf34f040",
          "0xf4f79956d8c6fecd49427101dc0f62d90c403c6d1d2ddc4c353ec26c032b7835",
          "0x48046d1cb54226d29f5c956f0d7407c09a4799336d85bf844f7da97d345f01a0",
          "0x6d7415d17c6b3b86c14ef4211577005c54c65ed942d5965c0ff3127d35f26806",
          "0xa2f44f2e1ade8835329b00795b1243a6a25bfa7280cae69306cbb3ed7a3694b6",
          "0xbc4b9eee93aec83fe3075865c769551e6af879955b10b81802c5e6410d84f29d",
          "0x69d3bce2bd9da38b9b7fb1f4f0732b023870f7a3855e67b6d2b8a43a8856de79",
          "0x9c1621c3cbd2469215d04ae8cc81130f895ab05a1a72b29b0aad38dd57f2685d",
          "0xf956fe077f07bc64fc2fccbd625f5b4f36a39879f8d9518604cc4048c5f6750f",
          "0xdebad08370e44e97b665fab2e883811dc052237541870d63b0b3e697764d6df3",
          "0x5f50d3feee4161b4abec5b3b0e0273fe4104796f858128e40e4cfe8e72b7f347",
          "0xf43b2a67f3049e93777e64375623625efaa06658a8ac5e5d3da387266ac5a6da",
          "0x9dc630b03f746b09c8faa7f348e878b3da1b87c01ed6f4f032fc0b2822918c81",
          "0x84b2101889c99dd7c040804c6bc0d4d3fbb83845d2951bb71e9cdbc5ada477cf",
          "0x6957fd5556d3539e407d42e876b076882513b37d1180d4a4933c69b2140da723",
          "0x8e84210a431466b24b8ffd11e6444a2a014d6be58355c404e879a22a35681505",
          "0xe90fd8db0c1e84c5b18e9417cd7e090e940827e7ef6cb7b3d8c93d4aebb92d2e",
          "0x44225ff462a395decfea9b2456b1e2b4d851723e70462e9ad0d1b34938e8e600",
          "0xc6e3148c3c27d902d253b4b99a7e9f9c52c0c911b1107c8899a024868056e376",
          "0x77a27d5399267bde12233576921cb7d44734450af9ec752b9327d3da34e6b2e3",
          "0x86cfb7826aabb305922931b47e81ab2849a7c545fa6ce975dbc52b5f4a6a72b1",
          "0x2be5f6dda7a66e9ce0fae900febab2969b89864cbc956792c04231182cedc5cb",
          "0xff261c76849d5713467181d3a28cf71b5f85bab6d540f7b789253229a32cf79e",
          "0xf515d3b338e13ade588f2f5446f8387d42885407c397149741b2ee34547e591f",
          "0x65875f3e72a4a9c206d49e43d507da0a3ea69a07cdef87649651002367adf5ce",
          "0xe9d5cdf2d72aa3a0e6af0a901aed03ca9b9901d38b5ffc74263ab6e050a36548",
          "0x22fd0e3de7aa1b39d375ed36ade292e6099c16b2a0abdc1c8790eaaea6730268",
          "0xf60427bc4dc6af4af4c6dded9912009e9412c3c1784c4e4373a539d96a39b3bc",
          "0x87ccb784d357acc95df7cf6955121c607288d8201399c4c0af42a05f426a1282",
          "0xc5a67ae042edc289829207f2f3b30952e2cafb0e2f7b79d41b345fc1c444b781",
          "0xbd5b836341cbc2fa8c07bbea315e1b0447d66181cbea19ae08aaa7e4750cf8f9",
          "0x634e53ebc8caf9fc8a3e0a4554df998419638e47731ec814c28a2e85298428bb",
          "0x0cf2451ba50430a9d403b261feef90b7898b56b2299dd3cd552f9e38d677cf0e",
          "0x4fc97e6b7fa9c4285c23bacfa705d3638bbf7d24c4d99b62442e27bde46e3558",
          "0xf93e79b566194fc4c1a8293999f71ddb83893a05ad559674e19826c1a2512458",
          "0xb18874a6c3d233e327184f4110e8dd85f102e535e54c3173abeff255a8c99bc9",
          "0x035b234a9b35f07a5c161fcb06b8d1045bedd41651530d3c85ec5570050be3ba",
          "0x51bf2f2fa1418ee2ae75721964bd2af5fc465660b1d1e4b2744951e714e9ba85",
          "0x70d2d776ce34d2c069534499352e8ae2af5fa7b29134b636ed93252af351c9ae",
          "0x9f62f192b0fd18321845c313d01fdea0482fc0f2bcabe1c959066aa0780446ce",
          "0x5305d82e01e8d13b9bd98b87d4659dbf981ddfd7732ca8932d215c14e304ef7c",
          "0xcc046dd02979121cdd010f5275a05d77b262ab4fb5a417c55e4aceeed348fbd4",
          "0x0629cf5216cf5aeb8b436ac3358a1a0a327bda776a48b8075c396440353f0792",
          "0x07d639cfe6d827559103efb59ae5e61f032913fb4ad1f645ce2d9f32bb97dbfc",
          "0x9862146006f7d223c9e50d64d6df553f9ae07f6d3d8649ab2dcfc8785bd898e3",
          "0x1b09b84922293f4bb9ec8407ceb53bb3bde4965fd3c5058f8827370dbdae0376",
          "0x5fcd927cc03e99a56271d609895a7aa2bd5882ce2764e85a92861d450ab1087b",
          "0x3ae3b7195366564a6fd96a3008fccf61eb61845bdef2eb59113b2fa9c1088adb",
          "0xc030242e476da17eba7543f58ab369aa606617038fb2338d4ee1a879f054fc82",
          "0xb0aabfd2cbe491c3d2a68be0d840a9e27429b1d66ecbf08ed98b0fd97cfbb95e",
          "0xb20eb6b3ad0ecc9e3ea9a2ee78b60bb1fc3f370a9561e98fb5b31405fea5bf69",
          "0xdff31b5cca01aa6be8649abfc3b0496a114365d431c76914f255255c23d7c139",
          "0xbc9140c5df584a3bd05dadb803611c49fb685de2b43759e7028e59fbdcf78e54",
          "0x5a1c923d371bd8104293cc27e1b092e4169fef6b654851652ed694fd06577349",
          "0x90e53cf824d963d6477a13e899377ac844d75649612cc9bbf0b0e336e1549847",
          "0xe7367298b70f21eef35c6e9f53423eb94d5ab1b1674c893ced323f271f62a1aa",
          "0x78887690fd2d4b3eb7611c32c44058f8c1798c8f52156d178a29cad8dba6590b",
          "0x82ed11763622c8969f57a62a7beb5de9355e6c08c62027b0511ff495dc1f7f30",
          "0x1df1f6334f1a78a60cde12c34a7e47f987c91cce922c8158ac8d660915cf406f",
          "0x29ab8065cfdc993272cea4076f81ebe8dd94c82b168c5388f12ce2c33cb66df0",
          "0xe73e3eb21ba0126340c6bd13c856142bce25847eb2c23b08a97a38142b45cad9",
          "0xd739fe8e055c0fe466de02a8ba16d8f672b3dba019c05c346a285949e57bb928",
          "0x17332f00439ba2bed41358981e1930aad92ce19f6204f0a993dd5ac678940685",
          "0xba3145c677a49c58609ba3cb30424bb52dd4711aed5b3bddd92179f9a63429a4",
          "0xa2ac35a8970606773a5d6fbccb8d710f38ce3046aa19f702c4da03cf3962e6b6",
          "0x2fd1c728b7abbaab61ad2c190f3b65db4e8de6e72c22d2b8669759a692fbd976",
          "0x70e01859d80b2791aadf7d3e4e90c2b0e2367063231770b81bdb342da3ce527f",
          "0x373d32489c1b7134976d8dd3e3d4fd999ce9b1a33c59fb0f5f9451776a711cd5",
          "0x73800a3953efd5c89caa21492f0e593f4e4a284d73577909c967d10291e66a3e",
          "0xbbbe5d4b39786ad74ea70ab8287a2216bf74bda3ecf7a1e276cd26f4c5049f4a",
          "0xbd8006f9f7f6d3ff556e9181615436317b401566fa15ebfd74b33c4f7186f348",
          "0x7ff3aa806d35c3b3ea99c2bdb6b3b0bb051b8ba44a724c7174e9d68fc21e554d",
          "0x1bfade468cadda58dc7a20604895b6b62a357c85f753b91cc329ab19f8b728e4",
          "0xb680dcbed1b667f63956d1a905817a274016ac901df8f1df1ba7d579dbb74e4d",
          "0xe81c4b18f1bbaf0ddd3893b8c13d589502221df553c154e5fbdbe1d83b72ba7f",
          "0xb80fc92ed8c0e97cc932a8ae00e0590d30a24a3e3ad96685fa2cc8a9334b81cf",
          "0xaa2ed600a70de95219c3ad1fd0ac181a465ae3edceb68cc90f90705686ca6aeb",
          "0xdf6d5d0d26e473f5b626cc5f66b9d5a72cc8965748737c0709f13ed3b48992d5"
        ],
        [
          "805420000000",
          "20570000000000",
          "805420000000",
          "23320000000000",
          "990000000000",
          "123200000000000",
          "990000000000",
          "123200000000000",
          "990000000000",
          "137500000000000",
          "990000000000",
          "137500000000000",
          "352000000000",
          "71500000000000",
          "143000000000000",
          "660220000000",
          "137500000000000",
          "275000000000000",
          "220000000000",
          "19690000000000",
          "39490000000000",
          "1026410000000",
          "181500000000000",
          "363000000000000",
          "765380000000",
          "164670000000000",
          "329230000000000",
          "1710500000000",
          "343200000000000",
          "686400000000000",
          "1710500000000",
          "343200000000000",
          "686400000000000",
          "2128500000000",
          "343200000000000",
          "686400000000000",
          "2242900000000",
          "343200000000000",
          "686400000000000",
          "2128500000000",
          "343200000000000",
          "686400000000000",
          "2242900000000",
          "343200000000000",
          "686400000000000",
          "2242900000000",
          "831600000000000",
          "1664300000000000",
          "3687200000000",
          "1088340000000000",
          "2176790000000000",
          "4331800000000",
          "919050000000000",
          "1838100000000000",
          "3687200000000",
          "1088340000000000",
          "2176790000000000",
          "2242900000000",
          "831600000000000",
          "1664300000000000",
          "4400000000000",
          "162800000000000",
          "325600000000000",
          "5280000000000",
          "1088340000000000",
          "2176790000000000",
          "5280000000000",
          "919050000000000",
          "1838100000000000",
          "4400000000000",
          "1088340000000000",
          "2176790000000000",
          "5390000000000",
          "1088340000000000",
          "2176790000000000",
          "8800000000000",
          "1925000000000000",
          "3850000000000001",
          "8439200000000",
          "2475000000000000",
          "4950000000000000",
          "8800000000000",
          "2750000000000000",
          "5500000000000000",
          "8800000000000",
          "2475000000000000",
          "8800000000000",
          "2750000000000000",
          "330000000000",
          "133100000000000",
          "266750000000000",
          "950400000000",
          "199100000000000",
          "398200000000000",
          "950400000000",
          "398200000000000",
          "806300000000000",
          "1056000000000",
          "400620000000000",
          "801350000000000",
          "1971200000000",
          "554180000000000",
          "1108360000000000",
          "1756700000000",
          "844800000000",
          "170280000000000",
          "340670000000000",
          "844800000000",
          "122210000000000",
          "244420000000000",
          "836330000000",
          "65450000000000",
          "261910000000000",
          "1029820000000",
          "78320000000000",
          "313170000000000",
          "788480000000",
          "107250000000000",
          "428890000000000",
          "1108800000000",
          "181720000000000",
          "726660000000000",
          "1056000000000",
          "123860000000000",
          "495220000000000",
          "1971200000000",
          "230450000000000",
          "921800000000000",
          "225280000000",
          "46750000000000",
          "93500000000000",
          "1126400000000",
          "29480000000000",
          "58960000000000",
          "1351680000000",
          "203060000000000",
          "203060000000000",
          "1802240000000",
          "199100000000000",
          "199100000000000",
          "3604480000000",
          "421300000000000",
          "421300000000000",
          "5830000000000",
          "1438140000000000",
          "2876390000000000",
          "6600000000000",
          "1438140000000000",
          "2876390000000000",
          "8800000000000",
          "2537590000000000",
          "5075070000000000",
          "8800000000000",
          "2768260000000000",
          "5536520000000000",
          "950400000000",
          "134860000000000",
          "134860000000000",
          "1056000000000",
          "135080000000000",
          "135080000000000",
          "3604480000000",
          "922900000000000",
          "1845800000000000",
          "563200000000",
          "275000000000000",
          "616000000000",
          "288200000000000",
          "501600000000",
          "256300000000000",
          "2706000000000",
          "4070000000000",
          "504900000000000"
        ]
      ]
    }
  ]
} as const;
