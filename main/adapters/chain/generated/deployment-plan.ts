// Made by build/scripts/contracts-bindings.ts from contracts/script/plan.json. Sources sha256 6b03ca453020174c6eec87a403f00bf3027ad6ea772186e9f2e03ee29ed3a24d. Do not edit.
export const deploymentPlan = {
  "version": 1,
  "about": "Steps in order. $Name is the address of a contract deployed before; $lower is a parameter or an account the deployer knows: $admin, $guardian, $treasury, $curator. A hook is the deployer's own work. Every call is sent by $admin.",
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
      "manifestSchema": "0x0000000000000000000000000000000000000000000000000000000000000000",
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
      "manifestSchema": "0x0000000000000000000000000000000000000000000000000000000000000000",
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
        "setLimit"
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
  }
} as const;
